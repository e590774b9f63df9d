using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthCluster.Contract;

/// <summary>Tokens as Django's <c>simplejwt</c> makes them.</summary>
public static class LegacyToken
{
    /// <summary>Made up for tests, as Django would.</summary>
    public const string Key = "k1x!v7q$3mz@w9pd&4rj*8nt(2hc)6yb-5fs+0ge=ua_ol^i";

    public static readonly string[] Settings = ["Legacy:0:Kind=simplejwt", $"Legacy:0:Key={Key}", "Legacy:0:Until=2999-01-01"];

    private static readonly JsonObject Header = new() { ["typ"] = "JWT", ["alg"] = "HS256" };

    public static string Access(string user, string? jti = null) => Make(Claims(user, "access", jti));

    public static string Refresh(string user, string? jti = null) => Make(Claims(user, "refresh", jti));

    public static JsonObject Claims(string user, string type, string? jti = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new JsonObject
        {
            ["token_type"] = type,
            ["exp"] = now + 3600,
            ["iat"] = now - 60,
            ["jti"] = jti ?? Guid.NewGuid().ToString("N"),
            ["user_id"] = user,
        };
    }

    public static string Make(JsonObject claims, string key = Key, JsonObject? header = null)
    {
        var signed = $"{Encode(header ?? Header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}

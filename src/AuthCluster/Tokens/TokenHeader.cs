using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AuthCluster.Keys;

namespace AuthCluster.Tokens;

/// <summary>
/// The header of a signed token: exactly <c>alg</c>, <c>typ</c> and <c>kid</c>, each once. One more member refuses the token, whatever it is:
/// so there are no keys from the header (<c>jwk</c>, <c>jku</c>, <c>x5u</c>, <c>x5c</c>) and nothing critical that goes unheeded
/// (<c>crit</c>, <c>b64</c>). RFC 8725 sections 3.1, 3.10.
/// </summary>
internal sealed record TokenHeader(string Algorithm, string Type, string KeyId)
{
    /// <summary>The header segment of a token that this key signs.</summary>
    public static string Encode(SigningKey key, string type)
    {
        // No member needs escaping: the id is base64url.
        var json = $$"""{"typ":"{{type}}","alg":"{{key.AlgorithmName}}","kid":"{{key.Id}}"}""";
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(json));
    }

    public static TokenHeader? Parse(ReadOnlySpan<char> segment)
    {
        if (StrictBase64Url.Decode(segment) is not { } json)
            return null;
        try
        {
            return Read(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not Unicode.
            return null;
        }
    }

    private static TokenHeader? Read(ReadOnlySpan<byte> json)
    {
        string? algorithm = null, type = null, keyId = null;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                return null;
            var value = reader.GetString();
            switch (name)
            {
                case "alg" when algorithm is null:
                    algorithm = value;
                    break;
                case "typ" when type is null:
                    type = value;
                    break;
                case "kid" when keyId is null:
                    keyId = value;
                    break;
                default:
                    return null;
            }
        }

        // The end of the object; reading on throws where anything but white space follows.
        return !reader.Read() && algorithm is not null && type is not null && keyId is not null ? new TokenHeader(algorithm, type, keyId) : null;
    }
}

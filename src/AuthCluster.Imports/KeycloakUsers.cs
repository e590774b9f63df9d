using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AuthCluster.Imports;

/// <summary>A user of a Keycloak realm export: the password is the first credential of that type, as JSON within the JSON.</summary>
internal static class KeycloakUsers
{
    private const string RecoveryCodes = "recovery-authn-codes";

    public static SourceRow Flatten((JsonElement User, long Number) source)
    {
        if (source.User.ValueKind != JsonValueKind.Object)
            return SourceRow.Broken(source.Number, "no_object");
        var row = SourceFile.Row(source.User, source.Number);
        return row with { Columns = new Dictionary<string, string?>(row.Columns, StringComparer.OrdinalIgnoreCase) { ["password"] = PasswordOf(source.User) }, SecondFactor = SecondFactorOf(source.User) };
    }

    private static IEnumerable<JsonElement> CredentialsOf(JsonElement user, string type) =>
        user.TryGetProperty("credentials", out var credentials) && credentials.ValueKind == JsonValueKind.Array
            ? credentials.EnumerateArray().Where(credential => Member(credential, "type") == type)
            : [];

    /// <summary>The first authenticator. Its secret is the text itself, unless it says that it is Base32.</summary>
    private static SourceSecondFactor? SecondFactorOf(JsonElement user)
    {
        if (!CredentialsOf(user, "otp").Any())
            return CredentialsOf(user, "webauthn").Any() || CredentialsOf(user, RecoveryCodes).Any() ? SourceSecondFactor.Unknown : null;
        var otp = CredentialsOf(user, "otp").First();
        if (Parse(Member(otp, "credentialData")) is not { } data || Parse(Member(otp, "secretData")) is not { } secret || Member(secret, "value") is not { } value)
            return SourceSecondFactor.Unknown;
        var isOurs = Member(data, "subType") == "totp" && Member(data, "digits") == "6" && Member(data, "period") == "30" && Member(data, "algorithm") == "HmacSHA1";
        if (!isOurs)
            return SourceSecondFactor.Unknown;
        return SourceSecondFactor.Of(
            Member(data, "secretEncoding") == "BASE32" ? SourceSecondFactor.SecretOf(value) : Encoding.UTF8.GetBytes(value), hashes: RecoveryCodesOf(user));
    }

    private static List<byte[]> RecoveryCodesOf(JsonElement user)
    {
        if (CredentialsOf(user, RecoveryCodes).FirstOrDefault() is not { ValueKind: JsonValueKind.Object } kept
            || Parse(Member(kept, "secretData")) is not { } secret
            || !secret.TryGetProperty("codes", out var codes)
            || codes.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return [.. codes.EnumerateArray().Select(code => HashIn(Member(code, "encodedHashedValue"))).OfType<byte[]>()];
    }

    private static byte[]? HashIn(string? base64)
    {
        var hash = new byte[SHA512.HashSizeInBytes];
        return base64 is not null && Convert.TryFromBase64String(base64, hash, out var length) && length == hash.Length ? hash : null;
    }

    private static string? PasswordOf(JsonElement user)
    {
        foreach (var credential in CredentialsOf(user, "password"))
        {
            if (Parse(Member(credential, "credentialData")) is { } data && Parse(Member(credential, "secretData")) is { } secret)
                return $"keycloak${Member(data, "algorithm")}${Member(data, "hashIterations")}${Member(secret, "salt")}${Member(secret, "value")}";
        }

        return null;
    }

    private static JsonElement? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonDocument.Parse(json).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.ToString() : null;
}

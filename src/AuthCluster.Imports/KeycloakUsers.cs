using System.Text.Json;

namespace AuthCluster.Imports;

/// <summary>A user of a Keycloak realm export: the password is the first credential of that type, as JSON within the JSON.</summary>
internal static class KeycloakUsers
{
    public static SourceRow Flatten((JsonElement User, long Number) source)
    {
        if (source.User.ValueKind != JsonValueKind.Object)
            return SourceRow.Broken(source.Number, "no_object");
        var row = SourceFile.Row(source.User, source.Number);
        return row with { Columns = new Dictionary<string, string?>(row.Columns, StringComparer.OrdinalIgnoreCase) { ["password"] = PasswordOf(source.User) } };
    }

    private static string? PasswordOf(JsonElement user)
    {
        if (!user.TryGetProperty("credentials", out var credentials) || credentials.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var credential in credentials.EnumerateArray())
        {
            if (Member(credential, "type") == "password" && Parse(Member(credential, "credentialData")) is { } data && Parse(Member(credential, "secretData")) is { } secret)
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

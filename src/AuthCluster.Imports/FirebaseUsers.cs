using System.Globalization;
using System.Text.Json;

namespace AuthCluster.Imports;

/// <summary>The password hash parameters of a Firebase project, as its console shows them.</summary>
internal sealed record FirebaseParameters(string SignerKey, string SaltSeparator, int Rounds, int MemoryCost)
{
    private const int HighestMemoryCost = 20;

    /// <exception cref="BadConfigurationException">The file does not hold them.</exception>
    public static FirebaseParameters Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            return new FirebaseParameters(
                root.GetProperty("base64_signer_key").GetString()!,
                root.GetProperty("base64_salt_separator").GetString()!,
                root.GetProperty("rounds").GetInt32(),
                Math.Clamp(root.GetProperty("mem_cost").GetInt32(), 1, HighestMemoryCost));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new BadConfigurationException(
                $"--hash-parameters: {path} must be JSON with base64_signer_key, base64_salt_separator, rounds and mem_cost, as the Firebase console shows them.", fault);
        }
    }
}

/// <summary>A user of <c>firebase auth:export</c>: the hash is checked with the parameters of the project. Its base64 may be of the kind for URLs.</summary>
internal static class FirebaseUsers
{
    public static SourceRow Flatten((JsonElement User, long Number) source, FirebaseParameters? project)
    {
        if (source.User.ValueKind != JsonValueKind.Object)
            return SourceRow.Broken(source.Number, "no_object");
        var row = SourceFile.Row(source.User, source.Number);
        return row with { Columns = new Dictionary<string, string?>(row.Columns, StringComparer.OrdinalIgnoreCase) { ["password"] = PasswordOf(row, project) } };
    }

    private static string? PasswordOf(SourceRow row, FirebaseParameters? project)
    {
        if (project is null || row["passwordHash"] is not { } hash || row["salt"] is not { } salt)
            return null;
        var work = (1 << project.MemoryCost).ToString(CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"firebase${work}${project.Rounds}${Standard(salt)}${Standard(project.SaltSeparator)}${Standard(project.SignerKey)}${Standard(hash)}");
    }

    private static string Standard(string base64)
    {
        var text = base64.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        return text.PadRight((text.Length + 3) / 4 * 4, '=');
    }
}

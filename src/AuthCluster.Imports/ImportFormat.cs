using System.Text.Json;

namespace AuthCluster.Imports;

/// <summary>How another system writes its users down: where its rows are, and what their columns mean.</summary>
/// <param name="Table">Of its database.</param>
/// <param name="Columns">The column of each field (<see cref="ImportField"/>); several where systems differ, and the first that is there counts.</param>
internal sealed record ImportFormat(string Name, string Table, IReadOnlyDictionary<string, string[]> Columns)
{
    public static readonly IReadOnlyList<ImportFormat> All =
    [
        new("django", "auth_user", Map(
            (ImportField.Id, ["id", "pk"]), (ImportField.Email, ["email"]), (ImportField.Username, ["username"]), (ImportField.Password, ["password"]),
            (ImportField.Active, ["is_active"]), (ImportField.Joined, ["date_joined"]), (ImportField.LastLogin, ["last_login"]), (ImportField.Superuser, ["is_superuser"]))),
        new("identity", "AspNetUsers", Map(
            (ImportField.Id, ["Id"]), (ImportField.Email, ["Email"]), (ImportField.Username, ["UserName"]), (ImportField.Password, ["PasswordHash"]), (ImportField.Verified, ["EmailConfirmed"]))),
        new("keycloak", "user_entity", Map(
            (ImportField.Id, ["id"]), (ImportField.Email, ["email"]), (ImportField.Username, ["username"]), (ImportField.Password, ["password"]),
            (ImportField.Active, ["enabled"]),
            (ImportField.Verified, ["emailVerified"]), (ImportField.Joined, ["createdTimestamp"]))),
        new("firebase", "users", Map(
            (ImportField.Id, ["localId"]), (ImportField.Email, ["email"]), (ImportField.Password, ["password"]), (ImportField.Inactive, ["disabled"]),
            (ImportField.Verified, ["emailVerified"]), (ImportField.Joined, ["createdAt"]), (ImportField.LastLogin, ["lastSignedInAt"]))),
        new("csv", "users", OwnNames()),
        new("jsonl", "users", OwnNames()),
    ];

    public string? Value(SourceRow row, string field) =>
        Columns.GetValueOrDefault(field)?.Select(column => row[column]).FirstOrDefault(value => value is not null);

    /// <summary>The format with columns that the operator named.</summary>
    public ImportFormat With(IEnumerable<KeyValuePair<string, string>> columnOfField)
    {
        var columns = new Dictionary<string, string[]>(Columns);
        foreach (var (field, column) in columnOfField)
            columns[field] = [column];
        return this with { Columns = columns };
    }

    /// <summary>The users of a file, one after the other.</summary>
    /// <param name="firebase">The hash parameters of a Firebase project.</param>
    public IEnumerable<SourceRow> Read(string path, string? table, FirebaseParameters? firebase) => Name switch
    {
        "keycloak" => UsersOf(path).Select(KeycloakUsers.Flatten),
        "firebase" => UsersOf(path).Select(row => FirebaseUsers.Flatten(row, firebase)),
        "django" => WithSecondFactors(path, table, SqliteSecondFactors.OfDjango),
        "identity" => WithSecondFactors(path, table, SqliteSecondFactors.OfIdentity).Select(IfEnabled),
        _ => SourceFile.Read(path, table ?? Table),
    };

    private IEnumerable<SourceRow> WithSecondFactors(string path, string? table, Func<string, IReadOnlyDictionary<string, SourceSecondFactor>> read)
    {
        var rows = SourceFile.Read(path, table ?? Table);
        if (!SourceFile.IsSqlite(path))
            return rows;
        var found = read(path);
        return rows.Select(row => Value(row, ImportField.Id) is { } id ? row with { SecondFactor = found.GetValueOrDefault(id) } : row);
    }

    /// <summary>Identity keeps an authenticator's key from the moment that it was shown, and asks for codes by a flag.</summary>
    private static SourceRow IfEnabled(SourceRow row) => row with
    {
        SecondFactor = row["TwoFactorEnabled"]?.ToUpperInvariant() is "1" or "TRUE" or "T" ? row.SecondFactor ?? SourceSecondFactor.Unknown : null,
    };

    private static List<(JsonElement User, long Number)> UsersOf(string path)
    {
        try
        {
            var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.TryGetProperty("users", out var users) && users.ValueKind == JsonValueKind.Array
                ? [.. users.EnumerateArray().Select((user, index) => (user, index + 1L))]
                : throw new BadConfigurationException($"{path} has no list \"users\".");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new BadConfigurationException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static Dictionary<string, string[]> OwnNames() => ImportField.All.ToDictionary(field => field, field => new[] { field });

    private static Dictionary<string, string[]> Map(params (string Field, string[] Columns)[] columns) =>
        columns.ToDictionary(entry => entry.Field, entry => entry.Columns);
}

/// <summary>What is taken over of a user; <c>--map column=field</c> names these.</summary>
internal static class ImportField
{
    public const string Id = "id";
    public const string Email = "email";
    public const string Username = "username";
    public const string Password = "password";
    public const string Active = "is_active";
    public const string Inactive = "is_disabled";
    public const string Verified = "email_verified";
    public const string Joined = "date_joined";
    public const string LastLogin = "last_login";
    public const string Superuser = "is_superuser";
    public const string Roles = "roles";

    /// <summary>Base32.</summary>
    public const string TotpSecret = "totp_secret";
    public const string EmergencyCodes = "emergency_codes";

    public static readonly string[] All = [Id, Email, Username, Password, Active, Inactive, Verified, Joined, LastLogin, Superuser, Roles, TotpSecret, EmergencyCodes];
}

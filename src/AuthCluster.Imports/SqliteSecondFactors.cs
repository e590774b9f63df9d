using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AuthCluster.Imports;

/// <summary>The second factors that a database has in tables of their own, by the ids of their users.</summary>
internal static class SqliteSecondFactors
{
    /// <summary>Those of <c>django-otp</c>: the newest authenticator that was confirmed, and the codes of static devices.</summary>
    public static IReadOnlyDictionary<string, SourceSecondFactor> OfDjango(string path)
    {
        using var database = Open(path);
        var found = new Dictionary<string, SourceSecondFactor>(StringComparer.Ordinal);
        if (!HasTable(database, "otp_totp_totpdevice"))
            return found;
        var codes = HasTable(database, "otp_static_statictoken")
            ? Rows(database, "SELECT d.user_id, t.token FROM otp_static_statictoken t JOIN otp_static_staticdevice d ON d.id = t.device_id WHERE d.confirmed = 1")
                .ToLookup(row => row[0]!, row => row[1]!, StringComparer.Ordinal)
            : Enumerable.Empty<string>().ToLookup(_ => "");
        // A user with codes alone has a second factor, too.
        foreach (var user in codes)
            found[user.Key] = SourceSecondFactor.Unknown;
        foreach (var row in Rows(database, "SELECT user_id, key, step, t0, digits, last_t FROM otp_totp_totpdevice WHERE confirmed = 1 ORDER BY id"))
        {
            var isOurs = row[2..5] is ["30", "0", "6"];
            found[row[0]!] = SourceSecondFactor.Of(isOurs ? Hex(row[1]) : null, long.Parse(row[5] ?? "0", CultureInfo.InvariantCulture), [.. codes[row[0]!]]);
        }

        return found;
    }

    /// <summary>Those of ASP.NET Identity: the authenticator's key and the recovery codes, which are tokens of the user.</summary>
    public static IReadOnlyDictionary<string, SourceSecondFactor> OfIdentity(string path)
    {
        using var database = Open(path);
        if (!HasTable(database, "AspNetUserTokens"))
            return new Dictionary<string, SourceSecondFactor>();
        return Rows(database, "SELECT UserId, Name, Value FROM AspNetUserTokens WHERE LoginProvider = '[AspNetUserStore]'")
            .GroupBy(row => row[0]!, StringComparer.Ordinal)
            .ToDictionary(user => user.Key, user => SourceSecondFactor.Of(ValueOf(user, "AuthenticatorKey") ?? "", ValueOf(user, "RecoveryCodes")), StringComparer.Ordinal);

        static string? ValueOf(IEnumerable<string?[]> rows, string name) => rows.FirstOrDefault(row => row[1] == name)?[2];
    }

    private static byte[]? Hex(string? text)
    {
        try
        {
            return text is null ? null : Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static bool HasTable(SqliteConnection database, string name)
    {
        using var command = database.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name)";
        command.Parameters.AddWithValue("$name", name);
        return (long)command.ExecuteScalar()! == 1;
    }

    private static List<string?[]> Rows(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var rows = new List<string?[]>();
        while (row.Read())
            rows.Add([.. Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture))]);
        return rows;
    }
}

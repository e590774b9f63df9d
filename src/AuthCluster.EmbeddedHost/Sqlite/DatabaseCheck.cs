using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>Whether a file is a whole database of this program.</summary>
internal static class DatabaseCheck
{
    /// <summary>What is wrong with it; <c>null</c> where nothing is.</summary>
    public static string? FaultOf(string path)
    {
        if (new FileInfo(path).Length == 0)
            return "is empty.";
        try
        {
            using var connection = Connections.OpenForReading(path);
            return FaultOf(connection);
        }
        catch (SqliteException error)
        {
            return $"is no whole database: {error.Message}";
        }
    }

    private static string? FaultOf(SqliteConnection connection)
    {
        using var check = connection.Prepare("PRAGMA quick_check(1)");
        if ((string)check.ExecuteScalar()! is var found and not "ok")
            return $"is damaged: {found.ReplaceLineEndings(" ")}";
        using var tables = connection.Prepare("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'accounts')");
        return (long)tables.ExecuteScalar()! == 1 ? null : "is no database of AuthCluster.";
    }
}

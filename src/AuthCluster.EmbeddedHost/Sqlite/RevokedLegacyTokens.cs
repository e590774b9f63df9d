using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>Dead tokens of another system, in SQLite.</summary>
internal sealed class RevokedLegacyTokens(Database database) : IRevokedLegacyTokens
{
    public Task AddAsync(IReadOnlyCollection<Guid> tokens) => database.Writer.WriteAsync(new AddRevoked(tokens));

    public Task<bool> ContainsAsync(Guid token) => database.Readers.ReadAsync(reader => Contains(reader.Connection, token));

    private static bool Contains(SqliteConnection connection, Guid token)
    {
        using var command = connection.Prepare("SELECT EXISTS (SELECT 1 FROM revoked_legacy_tokens WHERE id = $id)", ("$id", SqliteType.Blob));
        command.Bind(token.Stored());
        return (long)command.ExecuteScalar()! == 1;
    }
}

internal sealed class AddRevoked(IReadOnlyCollection<Guid> tokens) : Write<bool>
{
    protected override bool Run(WriterConnection connection)
    {
        using var add = connection.Connection.Prepare("INSERT OR IGNORE INTO revoked_legacy_tokens VALUES ($id)", ("$id", SqliteType.Blob));
        foreach (var token in tokens)
            add.Run(token.Stored());
        return true;
    }
}

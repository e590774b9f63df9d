using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The accounts in the order of their addresses, or user names where they have none: two indexes, merged as they are read.</summary>
internal sealed class AccountIndex(Database database) : IAccountIndex
{
    public Task<IReadOnlyList<IndexedAccount>> ListAsync(IndexQuery query) =>
        database.Readers.ReadAsync<IReadOnlyList<IndexedAccount>>(reader => List(reader.Connection, query));

    private static List<IndexedAccount> List(SqliteConnection connection, IndexQuery query)
    {
        using var command = connection.Prepare(
            """
            SELECT email AS name, id FROM accounts WHERE email > $after AND email >= $prefix AND email < $prefix || char(0x10FFFF)
            UNION ALL
            SELECT username AS name, id FROM accounts
            WHERE email IS NULL AND username > $after AND username >= $prefix AND username < $prefix || char(0x10FFFF)
            ORDER BY name LIMIT $limit
            """,
            ("$after", SqliteType.Text),
            ("$prefix", SqliteType.Text),
            ("$limit", SqliteType.Integer));
        command.Bind(query.After, query.Prefix, query.Limit);
        using var row = command.ExecuteReader();
        var found = new List<IndexedAccount>();
        while (row.Read())
            found.Add(new IndexedAccount(row.GetString(0), row.GetId(1)));
        return found;
    }
}

using AuthCluster.Accounts;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>Every stored account, one after the other, for a process that has the database to itself and writes nothing.</summary>
internal sealed class AccountScan(ReaderConnection reader, AccountRules rules)
{
    public long Count()
    {
        using var count = reader.Connection.Prepare("SELECT count(*) FROM accounts");
        return (long)count.ExecuteScalar()!;
    }

    /// <exception cref="StateUnavailableException">One of them cannot be read.</exception>
    public IEnumerable<AccountState> Read()
    {
        using var ids = reader.Connection.Prepare("SELECT id FROM accounts");
        using var row = ids.ExecuteReader();
        while (row.Read())
        {
            var id = row.GetId(0);
            yield return AccountStore.Read(id, reader.LoadAccount(id, rules.ActivityKept)!).State;
        }
    }
}

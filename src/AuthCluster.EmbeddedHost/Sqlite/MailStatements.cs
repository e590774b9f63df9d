using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>What is written of accounts with mails to send.</summary>
internal sealed class MailStatements(SqliteConnection connection)
{
    private static readonly (string, SqliteType) Account = ("$account", SqliteType.Blob);
    private static readonly (string, SqliteType) Stamp = ("$stamp", SqliteType.Integer);

    private readonly SqliteCommand _add = connection.Prepare(
        """
        INSERT INTO waiting_mails (account, stamp, due) VALUES ($account, 1, 0)
        ON CONFLICT (account) DO UPDATE SET stamp = stamp + 1, due = 0
        """,
        Account);

    private readonly SqliteCommand _remove = connection.Prepare("DELETE FROM waiting_mails WHERE account = $account AND stamp = $stamp", Account, Stamp);

    private readonly SqliteCommand _putOff = connection.Prepare(
        "UPDATE waiting_mails SET due = $due WHERE account = $account AND stamp = $stamp", ("$due", SqliteType.Integer), Account, Stamp);

    /// <summary>A mail joined the account.</summary>
    public void Add(byte[] account) => _add.Run(account);

    /// <summary>Nothing happens where a mail joined since that stamp.</summary>
    public void Settle(byte[] account, long stamp, DateTimeOffset? again)
    {
        if (again is { } due)
            _putOff.Run(due.ToUnixTimeMilliseconds(), account, stamp);
        else
            _remove.Run(account, stamp);
    }
}

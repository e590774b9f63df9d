using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>What is written to the revocation feed.</summary>
internal sealed class RevocationStatements(SqliteConnection connection)
{
    /// <summary>Rows deleted at a time: the saves of others wait that long.</summary>
    public const int Portion = 1000;

    private readonly SqliteCommand _insert = connection.Prepare(
        """
        INSERT INTO revocations (time, account, scope, session, secret, key, cause)
        VALUES ($time, $account, $scope, $session, $secret, $key, $cause) RETURNING sequence
        """,
        ("$time", SqliteType.Integer),
        ("$account", SqliteType.Blob),
        ("$scope", SqliteType.Text),
        ("$session", SqliteType.Blob),
        ("$secret", SqliteType.Blob),
        ("$key", SqliteType.Text),
        ("$cause", SqliteType.Text));

    // The newest stays: by it a reader proves that it has read all of this feed so far.
    private readonly SqliteCommand _delete = connection.Prepare(
        """
        DELETE FROM revocations WHERE sequence IN (SELECT sequence FROM revocations ORDER BY sequence LIMIT $portion)
            AND sequence < (SELECT max(sequence) FROM revocations)
            AND (time < $before OR sequence <= (SELECT max(sequence) FROM revocations) - $kept)
        """,
        ("$portion", SqliteType.Integer),
        ("$before", SqliteType.Integer),
        ("$kept", SqliteType.Integer));

    private readonly List<RevocationNotice> _inserted = [];
    private long _first;

    public void Insert(RevocationNotice notice)
    {
        var revocation = notice.Revocation;
        _insert.Bind(
            revocation.Time.ToUnixTimeMilliseconds(),
            notice.AccountId?.Stored(),
            revocation.Scope.ToString(),
            revocation.SessionId?.Stored(),
            revocation.Secret?.Stored(),
            revocation.KeyId,
            revocation.Cause);
        var sequence = (long)_insert.ExecuteScalar()!;
        if (_inserted.Count == 0)
            _first = sequence;
        _inserted.Add(notice);
    }

    /// <summary>What was inserted since this was last called; <c>null</c> where nothing was.</summary>
    public StoredRevocations? TakeInserted()
    {
        if (_inserted.Count == 0)
            return null;
        var taken = new StoredRevocations(_first, [.. _inserted]);
        _inserted.Clear();
        return taken;
    }

    /// <summary>Deletes a portion of what is older, and of what is past the bound; how many rows it was.</summary>
    public int Delete(DateTimeOffset before, int kept) => _delete.Run(Portion, before.ToUnixTimeMilliseconds(), kept);
}

/// <param name="First">The sequence of the first one; the others follow without a gap.</param>
internal sealed record StoredRevocations(long First, IReadOnlyList<RevocationNotice> Notices);

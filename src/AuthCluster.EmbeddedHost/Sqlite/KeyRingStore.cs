using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AuthCluster.Accounts;
using AuthCluster.Options;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The key ring in SQLite, sealed as it comes.</summary>
internal sealed class KeyRingStore(Database database) : IKeyRingStore
{
    public Task<StoredKeyRing> LoadAsync() => database.Readers.ReadAsync(reader => Load(reader.Connection));

    public Task<bool> SaveAsync(ImmutableArray<StoredKey> keys, long expectedVersion, ImmutableArray<Revocation> revocations) =>
        database.Writer.WriteAsync(new KeyRingSave(keys, expectedVersion, revocations));

    /// <remarks>One process at a time: what it loaded or saved last is what is stored.</remarks>
    public bool IsCurrent(long version) => true;

    public Task WaitForOthersAsync() => Task.CompletedTask;

    private static StoredKeyRing Load(SqliteConnection connection)
    {
        // One statement, so that version and keys are of the same moment.
        using var command = connection.Prepare(
            """
            SELECT version, id, algorithm, created, signs_from, verifies_until, sealed_key
            FROM key_ring LEFT JOIN keys ON true ORDER BY position
            """);
        using var row = command.ExecuteReader();
        var version = 0L;
        var keys = ImmutableArray.CreateBuilder<StoredKey>();
        while (row.Read())
        {
            version = row.GetInt64(0);
            if (!row.IsDBNull(1))
                keys.Add(Key(row));
        }

        return new StoredKeyRing(version, keys.ToImmutable());
    }

    private static StoredKey Key(SqliteDataReader row) => new()
    {
        Id = row.GetString(1),
        Algorithm = Enum.Parse<TokenAlgorithm>(row.GetString(2)),
        Created = Time(row, 3),
        SignsFrom = Time(row, 4),
        VerifiesUntil = row.IsDBNull(5) ? null : Time(row, 5),
        SealedKey = ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<byte[]>(6)),
    };

    private static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}

internal sealed class KeyRingSave(ImmutableArray<StoredKey> keys, long expectedVersion, ImmutableArray<Revocation> revocations) : Write<bool>
{
    protected override bool Run(WriterConnection connection)
    {
        using var claim = connection.Connection.Prepare(
            "UPDATE key_ring SET version = version + 1 WHERE version = $expected", ("$expected", SqliteType.Integer));
        if (claim.Run(expectedVersion) == 0)
            return false;
        connection.Connection.Execute("DELETE FROM keys");
        using var insert = connection.Connection.Prepare(
            "INSERT INTO keys VALUES ($id, $position, $algorithm, $created, $signs_from, $verifies_until, $sealed_key)",
            ("$id", SqliteType.Text),
            ("$position", SqliteType.Integer),
            ("$algorithm", SqliteType.Text),
            ("$created", SqliteType.Integer),
            ("$signs_from", SqliteType.Integer),
            ("$verifies_until", SqliteType.Integer),
            ("$sealed_key", SqliteType.Blob));
        for (var position = 0; position < keys.Length; position++)
            Insert(insert, keys[position], position);
        foreach (var revocation in revocations)
            connection.Revocations.Insert(new RevocationNotice(AccountId: null, revocation));
        return true;
    }

    private static void Insert(SqliteCommand insert, StoredKey key, int position) => insert.Run(
        key.Id,
        position,
        key.Algorithm.ToString(),
        key.Created.ToUnixTimeMilliseconds(),
        key.SignsFrom.ToUnixTimeMilliseconds(),
        key.VerifiesUntil?.ToUnixTimeMilliseconds(),
        ImmutableCollectionsMarshal.AsArray(key.SealedKey));
}

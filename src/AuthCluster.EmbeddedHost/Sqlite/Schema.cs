using AuthCluster.Http.Files;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>The tables, as the steps that lead to them. A released step is never changed: later ones are added.</summary>
internal static class Schema
{
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        -- Documents are mostly larger than a quarter of a page, which WITHOUT ROWID would put on overflow pages.
        CREATE TABLE accounts (
            id BLOB NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            email TEXT NOT NULL UNIQUE, -- canonical
            active_admin INTEGER NOT NULL,
            document BLOB NOT NULL
        );
        CREATE INDEX accounts_active_admin ON accounts (id) WHERE active_admin = 1;

        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice, also after the newest was purged
            time INTEGER NOT NULL, -- Unix milliseconds
            account BLOB, -- without one: a failure at an address nobody holds
            number INTEGER NOT NULL,
            type TEXT NOT NULL,
            succeeded INTEGER NOT NULL,
            email TEXT, -- canonical
            address TEXT,
            data TEXT -- JSON: what is shown but not searched
        );
        CREATE INDEX events_account ON events (account, number) WHERE account IS NOT NULL;
        CREATE INDEX events_stranger ON events (sequence) WHERE account IS NULL;
        CREATE INDEX events_email ON events (email) WHERE email IS NOT NULL;
        CREATE INDEX events_address ON events (address) WHERE address IS NOT NULL;
        CREATE INDEX events_time ON events (time);

        CREATE TABLE key_ring (version INTEGER NOT NULL);
        INSERT INTO key_ring VALUES (0);
        CREATE TABLE keys (
            id TEXT NOT NULL PRIMARY KEY,
            position INTEGER NOT NULL,
            algorithm TEXT NOT NULL,
            created INTEGER NOT NULL,
            signs_from INTEGER NOT NULL,
            verifies_until INTEGER,
            sealed_key BLOB NOT NULL
        );
        """,
        """
        -- Accounts with mails to send. The mails are in their documents.
        CREATE TABLE waiting_mails (
            account BLOB NOT NULL PRIMARY KEY,
            stamp INTEGER NOT NULL, -- another one each time that a mail joins
            due INTEGER NOT NULL -- Unix milliseconds
        );
        CREATE INDEX waiting_mails_due ON waiting_mails (due);
        """,
        """
        -- One row: which installation this is, and the same sealed with its master key.
        CREATE TABLE installation (id BLOB NOT NULL, seal BLOB NOT NULL);
        """,
        """
        -- An account has an address, a user name, or both.
        CREATE TABLE named_accounts (
            id BLOB NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            email TEXT UNIQUE, -- canonical
            username TEXT UNIQUE, -- canonical
            active_admin INTEGER NOT NULL,
            document BLOB NOT NULL,
            CHECK (email IS NOT NULL OR username IS NOT NULL)
        );
        INSERT INTO named_accounts SELECT id, version, email, NULL, active_admin, document FROM accounts;
        DROP TABLE accounts;
        ALTER TABLE named_accounts RENAME TO accounts;
        CREATE INDEX accounts_active_admin ON accounts (id) WHERE active_admin = 1;
        CREATE INDEX accounts_without_email ON accounts (username) WHERE email IS NULL;
        """,
        """
        -- The revocation feed.
        CREATE TABLE revocations (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            time INTEGER NOT NULL, -- Unix milliseconds
            account BLOB, -- without one: tokens of all accounts
            scope TEXT NOT NULL,
            session BLOB,
            secret BLOB,
            key TEXT,
            cause TEXT NOT NULL
        );
        """,
        """
        -- SHA-256 of ids that are good once, until nobody takes them any more.
        CREATE TABLE spent_ids (id BLOB NOT NULL PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX spent_ids_until ON spent_ids (until);
        """,
        """
        -- Tokens of another system that were dead there before its users moved in.
        CREATE TABLE revoked_legacy_tokens (id BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
        """,
    ];

    /// <summary>Brings the database to the last step. An older one is copied first, to <c>authcluster.db.before-vN</c>.</summary>
    /// <exception cref="BadConfigurationException">A newer program wrote it.</exception>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        var stored = Version(connection);
        if (stored > steps.Count)
        {
            throw new BadConfigurationException(
                $"The database {connection.DataSource} has schema version {stored}; this program knows them up to {steps.Count}.");
        }

        if (stored > 0 && stored < steps.Count)
            Copy(connection, $"{connection.DataSource}.before-v{steps.Count}");
        for (var version = stored + 1; version <= steps.Count; version++)
            connection.Execute($"BEGIN IMMEDIATE; {steps[version - 1]}; PRAGMA user_version = {version}; COMMIT");
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.Prepare("PRAGMA user_version");
        return (int)(long)command.ExecuteScalar()!;
    }

    private static void Copy(SqliteConnection connection, string path)
    {
        // A copy that was interrupted must not carry the name of a whole one.
        var unfinished = path + ".tmp";
        PrivateFile.Create(unfinished);
        using (var copy = connection.Prepare("VACUUM INTO $path", ("$path", SqliteType.Text)))
            copy.Run(unfinished);
        using (var written = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
            written.Flush(flushToDisk: true);
        File.Move(unfinished, path, overwrite: true);
    }
}

using AuthCluster.Accounts;
using Microsoft.Data.Sqlite;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>
/// What is written to the accounts. Each statement carries its conditions and changes one row or none, so that a refused save leaves
/// nothing to undo in the transaction it shares with others; why it was refused is looked up only then.
/// </summary>
internal sealed class AccountStatements(SqliteConnection connection)
{
    private const string IsExpected = "id = $id AND version = $expected";
    private const string LeavesAnAdministrator =
        "(active_admin = 0 OR EXISTS (SELECT 1 FROM accounts WHERE active_admin = 1 AND id <> $id))";

    private static readonly (string, SqliteType) Id = ("$id", SqliteType.Blob);
    private static readonly (string, SqliteType) Expected = ("$expected", SqliteType.Integer);
    private static readonly (string, SqliteType) Email = ("$email", SqliteType.Text);
    private static readonly (string, SqliteType) Username = ("$username", SqliteType.Text);
    private static readonly (string, SqliteType) ActiveAdministrator = ("$active_admin", SqliteType.Integer);
    private static readonly (string, SqliteType) Document = ("$document", SqliteType.Blob);

    private readonly SqliteCommand _insert = connection.Prepare(
        """
        INSERT OR IGNORE INTO accounts (id, version, email, username, active_admin, document)
        VALUES ($id, 1, $email, $username, $active_admin, $document)
        """,
        Id, Email, Username, ActiveAdministrator, Document);

    private readonly SqliteCommand _updateDocument = connection.Prepare(
        $"UPDATE accounts SET version = version + 1, document = $document WHERE {IsExpected}", Id, Expected, Document);

    private readonly SqliteCommand _update = connection.Prepare(
        $"""
        UPDATE OR IGNORE accounts SET version = version + 1, email = $email, username = $username, active_admin = $active_admin,
            document = $document
        WHERE {IsExpected} AND ($active_admin = 1 OR {LeavesAnAdministrator})
        """,
        Id, Expected, Email, Username, ActiveAdministrator, Document);

    private readonly SqliteCommand _delete = connection.Prepare(
        $"DELETE FROM accounts WHERE {IsExpected} AND {LeavesAnAdministrator}", Id, Expected);

    private readonly SqliteCommand _version = connection.Prepare("SELECT version FROM accounts WHERE id = $id", Id);

    private readonly SqliteCommand _emailHolder = connection.Prepare(
        "SELECT EXISTS (SELECT 1 FROM accounts WHERE email = $email AND id <> $id)", Id, Email);

    private readonly SqliteCommand _usernameHolder = connection.Prepare(
        "SELECT EXISTS (SELECT 1 FROM accounts WHERE username = $username AND id <> $id)", Id, Username);

    public SaveResult Insert(byte[] id, StoredNames names, bool activeAdministrator, byte[] document) =>
        _insert.Run(id, names.Email, names.Username, activeAdministrator, document) == 1 ? SaveResult.Saved : WhyNot(id, 0, names);

    public SaveResult UpdateDocument(byte[] id, long expected, byte[] document) =>
        _updateDocument.Run(id, expected, document) == 1 ? SaveResult.Saved : SaveResult.VersionConflict;

    public SaveResult Update(byte[] id, long expected, StoredNames names, bool activeAdministrator, byte[] document) =>
        _update.Run(id, expected, names.Email, names.Username, activeAdministrator, document) == 1
            ? SaveResult.Saved
            : WhyNot(id, expected, names);

    public SaveResult Delete(byte[] id, long expected) =>
        _delete.Run(id, expected) == 1 ? SaveResult.Saved : WhyNot(id, expected, names: null);

    private SaveResult WhyNot(byte[] id, long expected, StoredNames? names)
    {
        _version.Bind(id);
        if ((long)(_version.ExecuteScalar() ?? 0L) != expected)
            return SaveResult.VersionConflict;
        if (IsHeld(_emailHolder, id, names?.Email))
            return SaveResult.EmailTaken;
        return IsHeld(_usernameHolder, id, names?.Username) ? SaveResult.UsernameTaken : SaveResult.LastAdministrator;
    }

    private static bool IsHeld(SqliteCommand holder, byte[] id, string? name)
    {
        if (name is null)
            return false;
        holder.Bind(id, name);
        return (long)holder.ExecuteScalar()! == 1;
    }
}

/// <summary>The names of an account, in canonical form.</summary>
internal readonly record struct StoredNames(string? Email, string? Username);

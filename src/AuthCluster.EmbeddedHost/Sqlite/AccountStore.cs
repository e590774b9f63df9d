using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>
/// Accounts as documents in SQLite. Their recent activity is not in the documents: it is the end of what the log holds of them. With fifty
/// entries a document would have 12 KB in place of 1.3, and every save would write them all again.
/// </summary>
internal sealed class AccountStore(Database database, AccountRules rules) : IAccountStore
{
    public async Task<StoredAccount?> LoadAsync(Guid id) =>
        await database.Readers.ReadAsync(reader => reader.LoadAccount(id, rules.ActivityKept)) is { } row ? Read(id, row) : null;

    public async Task<SaveResult> SaveAsync(AccountChange change) => await database.Writer.WriteAsync(new AccountSave(change));

    public Task<Guid?> FindAsync(LoginName name) => database.Readers.ReadAsync(reader => reader.FindAccount(name));

    public static StoredAccount Read(Guid id, StoredRow row)
    {
        try
        {
            return new StoredAccount(AccountDocument.Read(row.Document, row.Activity), row.Version);
        }
        catch (JsonException error)
        {
            throw new StateUnavailableException($"The stored account {id} cannot be read.", error);
        }
    }
}

/// <summary>One save. Everything costly is prepared here, on the caller's thread: the writer's is the one that all share.</summary>
internal sealed class AccountSave : Write<SaveResult>
{
    private readonly byte[] _id;
    private readonly long _expected;
    private readonly byte[]? _document;
    private readonly StoredNames _names;
    private readonly bool _activeAdministrator;
    private readonly bool _keysChange;
    private readonly EventRow[] _events;
    private readonly bool _hasNewMail;
    private readonly RevocationNotice[] _revocations;

    public AccountSave(AccountChange change)
    {
        _id = change.Id.Stored();
        _expected = change.ExpectedVersion;
        if (change.After is { } after)
        {
            _document = AccountDocument.Write(after with { Activity = [] });
            _names = new StoredNames(after.EmailKey?.Value, after.UsernameKey?.Value);
            _activeAdministrator = after.IsActiveAdministrator;
            // Most saves leave what is indexed, and then the indexes need not be touched.
            _keysChange = change.Before is { } before
                && (before.Email != after.Email || before.Username != after.Username || before.IsActiveAdministrator != after.IsActiveAdministrator);
        }

        _events = [.. change.Effects.Select(RowOf)];
        _hasNewMail = change.HasNewMail;
        _revocations = [.. change.Revocations.Select(revocation => new RevocationNotice(change.Id, revocation))];
    }

    private bool IsNew => _expected == 0;

    protected override SaveResult Run(WriterConnection connection)
    {
        var result = Save(connection.Accounts);
        if (result == SaveResult.Saved)
        {
            foreach (var row in _events)
                connection.Events.Insert(row);
            foreach (var notice in _revocations)
                connection.Revocations.Insert(notice);
            if (_hasNewMail)
                connection.Mails.Add(_id);
        }

        return result;
    }

    private SaveResult Save(AccountStatements accounts)
    {
        if (_document is null)
            return accounts.Delete(_id, _expected);
        if (IsNew)
            return accounts.Insert(_id, _names, _activeAdministrator, _document);
        return _keysChange
            ? accounts.Update(_id, _expected, _names, _activeAdministrator, _document)
            : accounts.UpdateDocument(_id, _expected, _document);
    }

    private EventRow RowOf(Effect effect) => effect switch
    {
        Logged logged => EventRow.Of(_id, logged.Entry),
        _ => throw new NotSupportedException($"The store does not carry {effect.GetType().Name}."),
    };
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AuthCluster.Accounts;

/// <summary>
/// The stored form of an account, the same in every host: UTF-8 JSON. It has types of its own, so that a rule's type may be renamed
/// or reshaped while the documents out there stay readable. Times are kept to the millisecond.
/// </summary>
public static class AccountDocument
{
    /// <summary>Grows when a document changes its meaning. A new member that may be missing needs no new number.</summary>
    private const int Format = 1;

    public static byte[] Write(AccountState state) =>
        JsonSerializer.SerializeToUtf8Bytes(WithRest(Document(state), state), AccountDocumentJson.Default.StoredState);

    /// <param name="activity">The recent activity, oldest first, where the host keeps it elsewhere.</param>
    /// <exception cref="JsonException">It is no account document, or one of a format that this version does not know.</exception>
    public static AccountState Read(ReadOnlySpan<byte> document, IEnumerable<ActivityEntry>? activity = null)
    {
        var stored = JsonSerializer.Deserialize(document, AccountDocumentJson.Default.StoredState);
        return stored?.Format == Format
            ? WithRest(State(stored, activity, new SharedStrings()), stored)
            : throw new JsonException($"An account document of format {stored?.Format} is not known to this version.");
    }

    private static AccountState WithRest(AccountState state, StoredState stored) => state with
    {
        Username = stored.Username,
        WantedUsername = stored.Wanted,
        Legacy = stored is { LegacyEnded: null, LegacySpent: null } ? LegacyTokens.None : new LegacyTokens
        {
            EndedAt = stored.LegacyEnded,
            Spent = Items(stored.LegacySpent, spent => new SpentLegacyToken(spent.Id, spent.Expires)),
        },
    };

    private static StoredState WithRest(StoredState stored, AccountState state)
    {
        (stored.Username, stored.Wanted) = (state.Username, state.WantedUsername);
        stored.LegacyEnded = state.Legacy.EndedAt;
        stored.LegacySpent = Items(state.Legacy.Spent, spent => new StoredChallenge { Id = spent.Id, Expires = spent.Expires });
        return stored;
    }

    private static StoredState Document(AccountState state) => new()
    {
        Format = Format,
        Id = state.Id,
        Email = state.Email,
        Verified = state.EmailVerified,
        Password = state.PasswordHash,
        NoPassword = state.HasNoPassword,
        Credential = state.CredentialVersion,
        Active = state.Active,
        Roles = Items(state.Roles, role => role),
        Profile = state.Profile == Profile.Empty ? null : state.Profile.Json,
        Access = state.AccessSecret,
        Refresh = state.RefreshSecret,
        Sessions = Items(state.Sessions, Document),
        Activity = Items(state.Activity, Document),
        Entries = state.ActivityCount,
        Strangers = Document(state.StrangerAttempts),
        Known = Items(state.KnownAttempts.RemoveAll(known => known.Budget.Failures == 0), Document),
        Totp = Document(state.Totp),
        Unconfirmed = Document(state.UnconfirmedTotp),
        Totps = state.TotpCount,
        Emergency = Items(state.EmergencyCodes, hash => hash),
        Challenge = state.ChallengeSecret,
        Spent = Items(state.SpentChallenges, Document),
        Passkeys = Items(state.Passkeys, PasskeyDocument.Of),
        SpentPasskeys = Items(state.SpentPasskeyChallenges, Document),
        StrangerCodes = Document(state.StrangerCodeAttempts),
        KnownCodes = Items(state.KnownCodeAttempts.RemoveAll(known => known.Budget.Failures == 0), Document),
        DeviceTokens = state.DeviceTokenGeneration,
        Awaits = state.AwaitsConfirmation,
        Codes = Items(state.Codes, MailDocument.Of),
        Mails = Items(state.Mails, MailDocument.Of),
        Requested = Items(state.RequestedMails.Times, time => time),
        DeviceMails = Items(state.DeviceMails.Times, time => time),
        ChangeMails = Items(state.EmailChangeMails.Times, time => time),
        Notices = Items(state.Notices, notice => new StoredNotice { Kind = notice.Kind.ToString(), At = notice.At }),
        Joined = state.Joined,
        LastLogin = state.LastLogin,
        Unknown = state.Unknown,
    };

    private static AccountState State(StoredState stored, IEnumerable<ActivityEntry>? activity, SharedStrings strings) => new()
    {
        Id = stored.Id,
        Email = strings.Share(stored.Email),
        EmailVerified = stored.Verified,
        PasswordHash = stored.Password,
        HasNoPassword = stored.NoPassword,
        CredentialVersion = stored.Credential,
        Active = stored.Active,
        Roles = Items(stored.Roles, role => strings.Share(role)),
        Profile = stored.Profile is { } profile ? Profile.Restore(profile) : Profile.Empty,
        AccessSecret = stored.Access,
        RefreshSecret = stored.Refresh,
        Sessions = Items(stored.Sessions, session => State(session, strings)),
        Activity = activity is null ? Items(stored.Activity, entry => State(entry, strings)) : [.. activity.Select(entry => Shared(entry, strings))],
        ActivityCount = stored.Entries,
        StrangerAttempts = State(stored.Strangers),
        KnownAttempts = Items(stored.Known, known => new KnownAttempts(known.Device, State(known.Attempts))),
        Totp = State(stored.Totp),
        UnconfirmedTotp = State(stored.Unconfirmed),
        TotpCount = stored.Totps,
        EmergencyCodes = Items(stored.Emergency, hash => hash),
        ChallengeSecret = stored.Challenge,
        SpentChallenges = Items(stored.Spent, State),
        Passkeys = Items(stored.Passkeys, PasskeyDocument.Read),
        SpentPasskeyChallenges = Items(stored.SpentPasskeys, State),
        StrangerCodeAttempts = State(stored.StrangerCodes),
        KnownCodeAttempts = Items(stored.KnownCodes, known => new KnownAttempts(known.Device, State(known.Attempts))),
        DeviceTokenGeneration = stored.DeviceTokens,
        AwaitsConfirmation = stored.Awaits,
        Codes = Items(stored.Codes, MailDocument.Read),
        Mails = Items(stored.Mails, MailDocument.Read),
        RequestedMails = new MailTimes(Items(stored.Requested, time => time)),
        DeviceMails = new MailTimes(Items(stored.DeviceMails, time => time)),
        EmailChangeMails = new MailTimes(Items(stored.ChangeMails, time => time)),
        Notices = Items(stored.Notices, MailDocument.Read),
        Joined = stored.Joined,
        LastLogin = stored.LastLogin,
        Unknown = stored.Unknown,
    };

    private static StoredSession Document(Session session) => new()
    {
        Id = session.Id,
        Name = session.Name,
        Family = session.Family,
        Device = session.DeviceId,
        Address = session.Address,
        Agent = session.UserAgent,
        Created = session.Created,
        Seen = session.LastSeen,
        Authenticated = session.Authenticated,
        Methods = Items(session.Methods, method => method),
        Rotation = session.Rotation.Number,
        Token = session.Rotation.TokenId,
        Issued = session.Rotation.Issued,
        Expires = session.Rotation.Expires,
        TokenSeen = session.Rotation.Seen,
        Unknown = session.Unknown,
        Rotated = Items(session.Rotation.Rotated, token => new StoredToken { Token = token.TokenId, At = token.At }),
    };

    private static Session State(StoredSession stored, SharedStrings strings) => new()
    {
        Id = stored.Id,
        Name = strings.Share(stored.Name),
        Family = strings.Share(stored.Family),
        DeviceId = stored.Device,
        Address = strings.Share(stored.Address),
        UserAgent = strings.Share(stored.Agent),
        Created = stored.Created,
        LastSeen = stored.Seen,
        Authenticated = stored.Authenticated,
        Methods = Items(stored.Methods, method => strings.Share(method)),
        Unknown = stored.Unknown,
        Rotation = new RefreshRotation
        {
            Number = stored.Rotation,
            TokenId = stored.Token,
            Issued = stored.Issued,
            Expires = stored.Expires,
            Seen = stored.TokenSeen,
            Rotated = Items(stored.Rotated, token => new RotatedToken(token.Token, token.At)),
        },
    };

    private static StoredEntry Document(ActivityEntry entry) => new()
    {
        Number = entry.Number,
        Time = entry.Time,
        Event = entry.Event,
        Succeeded = entry.Succeeded,
        Reason = entry.Reason,
        Address = entry.Address,
        Email = entry.Email,
        Agent = entry.UserAgent,
        Session = entry.SessionId,
        Name = entry.DeviceName,
        Actor = entry.Actor is { } actor ? new() { Id = actor.Id, Email = actor.Email, Session = actor.SessionId, Address = actor.Address } : null,
    };

    private static ActivityEntry State(StoredEntry stored, SharedStrings strings) => new()
    {
        Number = stored.Number,
        Time = stored.Time,
        Event = strings.Share(stored.Event),
        Succeeded = stored.Succeeded,
        Reason = strings.Share(stored.Reason),
        Address = strings.Share(stored.Address),
        Email = strings.Share(stored.Email),
        UserAgent = strings.Share(stored.Agent),
        SessionId = stored.Session,
        DeviceName = strings.Share(stored.Name),
        Actor = stored.Actor is { } actor ? new(actor.Id, actor.Email, actor.Session, actor.Address) : null,
    };

    private static ActivityEntry Shared(ActivityEntry entry, SharedStrings strings) => entry with
    {
        Event = strings.Share(entry.Event),
        Reason = strings.Share(entry.Reason),
        Address = strings.Share(entry.Address),
        Email = strings.Share(entry.Email),
        UserAgent = strings.Share(entry.UserAgent),
        DeviceName = strings.Share(entry.DeviceName),
    };

    private static StoredChallenge Document(SpentChallenge spent) => new() { Id = spent.Id, Expires = spent.Expires };

    private static SpentChallenge State(StoredChallenge stored) => new(stored.Id, stored.Expires);

    private static StoredTotp? Document(Totp? totp) =>
        totp is null ? null : new() { Version = totp.Version, Secret = totp.SealedSecret, LastStep = totp.LastStep };

    private static Totp? State(StoredTotp? stored) =>
        stored is null ? null : new(stored.Version, stored.Secret) { LastStep = stored.LastStep };

    private static StoredKnownAttempts Document(KnownAttempts known) => new() { Device = known.Device, Attempts = Document(known.Budget) };

    // Attempts under way are left out: none is after a restart.
    private static StoredAttempts? Document(AttemptBudget budget) =>
        budget.Failures == 0 ? null : new() { Failures = budget.Failures, Last = budget.LastFailure };

    private static AttemptBudget State(StoredAttempts? stored) =>
        stored is null ? AttemptBudget.Untouched : new() { Failures = stored.Failures, LastFailure = stored.Last };

    private static TStored[]? Items<T, TStored>(ImmutableArray<T> items, Func<T, TStored> store) =>
        items.IsDefaultOrEmpty ? null : [.. items.Select(store)];

    private static ImmutableArray<T> Items<TStored, T>(TStored[]? stored, Func<TStored, T> restore) =>
        stored is null ? [] : ImmutableArray.CreateRange(ImmutableArray.Create(stored), restore);

    /// <summary>
    /// One object for equal strings. An account names the same address, browser and e-mail in most of its sessions and entries, and
    /// accounts stay in memory by the hundred thousand.
    /// </summary>
    private sealed class SharedStrings
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        [return: NotNullIfNotNull(nameof(value))]
        public string? Share(string? value)
        {
            if (value is null)
                return null;
            if (_known.TryGetValue(value, out var shared))
                return shared;
            // Names of events, reasons, roles and methods are literals of the program: one object for all accounts.
            shared = string.IsInterned(value) ?? value;
            _known.Add(shared);
            return shared;
        }
    }
}

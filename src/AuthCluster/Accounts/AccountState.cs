using System.Collections.Immutable;
using System.Text.Json;
using AuthCluster.Emails;

namespace AuthCluster.Accounts;

/// <summary>Everything an account is. Immutable, and every part of it is bounded.</summary>
public sealed record AccountState
{
    public const string AdministratorRole = "admin";

    public required Guid Id { get; init; }

    /// <summary>
    /// The address as its owner wrote it at registration. Mail goes there, and to no rewritten form. <c>null</c> for one who moved in without any, and has
    /// a user name.
    /// </summary>
    public required string? Email { get; init; }

    /// <summary>A second name to log in with; <c>null</c> where the account has none.</summary>
    public string? Username { get; init; }

    /// <summary>
    /// The user name that the account is to have once its address is confirmed. Until then anybody may have it: otherwise a name that is taken would
    /// tell that the address was free.
    /// </summary>
    public string? WantedUsername { get; init; }

    public bool EmailVerified { get; init; }

    /// <summary>PHC string format.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Whether no password matches the hash: the account was imported without one, or its owner had it voided.</summary>
    public bool HasNoPassword { get; init; }

    /// <summary>Counts password changes: tells whether a hash that was compared outside the turn is still the current one.</summary>
    public int CredentialVersion { get; init; } = 1;

    public bool Active { get; init; } = true;

    public ImmutableArray<string> Roles { get; init; } = [];

    public Profile Profile { get; init; } = Profile.Empty;

    /// <summary>The secret that living access tokens carry.</summary>
    public required Guid AccessSecret { get; init; }

    /// <summary>The secret that living refresh tokens carry.</summary>
    public required Guid RefreshSecret { get; init; }

    /// <summary>In the order of their logins.</summary>
    public ImmutableArray<Session> Sessions { get; init; } = [];

    /// <summary>The last entries, oldest first.</summary>
    public ImmutableArray<ActivityEntry> Activity { get; init; } = [];

    /// <summary>How many activity entries there ever were: the number of the newest.</summary>
    public long ActivityCount { get; init; }

    /// <summary>Wrong attempts from clients that never logged in here.</summary>
    public AttemptBudget StrangerAttempts { get; init; } = AttemptBudget.Untouched;

    /// <summary>Wrong attempts by device tokens and sessions; only budgets that were drawn on.</summary>
    public ImmutableArray<KnownAttempts> KnownAttempts { get; init; } = [];

    /// <summary>The second factor, where one is on.</summary>
    public Totp? Totp { get; init; }

    /// <summary>A secret that was handed out and that no code has confirmed yet: nothing asks for its codes.</summary>
    public Totp? UnconfirmedTotp { get; init; }

    /// <summary>How many TOTP secrets there ever were: the version of the newest.</summary>
    public int TotpCount { get; init; }

    /// <summary>Hashes of the emergency codes that were not used (<see cref="OneTimeCode"/>).</summary>
    public ImmutableArray<string> EmergencyCodes { get; init; } = [];

    /// <summary>The secret that living challenges carry. Not random before a second factor is on: nobody is challenged then.</summary>
    public Guid ChallengeSecret { get; init; }

    /// <summary>Challenges that opened a session and have not expired since.</summary>
    public ImmutableArray<SpentChallenge> SpentChallenges { get; init; } = [];

    /// <summary>Wrong second-factor codes from clients that never logged in here.</summary>
    public AttemptBudget StrangerCodeAttempts { get; init; } = AttemptBudget.Untouched;

    /// <summary>Wrong second-factor codes by device tokens and sessions; only budgets that were drawn on.</summary>
    public ImmutableArray<KnownAttempts> KnownCodeAttempts { get; init; } = [];

    /// <summary>In the order of their enrolment.</summary>
    public ImmutableArray<Passkey> Passkeys { get; init; } = [];

    /// <summary>Challenges that a passkey signed and that have not expired since.</summary>
    public ImmutableArray<SpentChallenge> SpentPasskeyChallenges { get; init; } = [];

    /// <summary>Device tokens of an earlier generation are void.</summary>
    public int DeviceTokenGeneration { get; init; } = 1;

    /// <summary>Entries that the owner's own acts caused lately.</summary>
    public ActBudget OwnActs { get; init; }

    /// <summary>Opened where addresses are confirmed, and not confirmed since: a later registration takes its place.</summary>
    public bool AwaitsConfirmation { get; init; }

    /// <summary>Codes of mails' links that are good.</summary>
    public ImmutableArray<MailedCode> Codes { get; init; } = [];

    /// <summary>Mails that were not sent yet, oldest first.</summary>
    public ImmutableArray<WaitingMail> Mails { get; init; } = [];

    /// <summary>Mails that anybody can ask for.</summary>
    public MailTimes RequestedMails { get; init; } = MailTimes.None;

    /// <summary>Mails that a session asked for, to change the address.</summary>
    public MailTimes EmailChangeMails { get; init; } = MailTimes.None;

    /// <summary>Other notices of the last hour.</summary>
    public ImmutableArray<NoticeTime> Notices { get; init; } = [];

    /// <summary>Notices of new devices.</summary>
    public MailTimes DeviceMails { get; init; } = MailTimes.None;

    /// <summary>Tokens of the system that its owner comes from.</summary>
    public LegacyTokens Legacy { get; init; } = LegacyTokens.None;

    public required DateTimeOffset Joined { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    /// <summary>
    /// What a newer version stored that this one does not know. It is kept and written back, so that nodes of two versions may run side by side.
    /// </summary>
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>The address as no two accounts may have it; <c>null</c> where there is none.</summary>
    /// <exception cref="InvalidOperationException">What the account has is no e-mail address; it cannot be stored.</exception>
    public LoginName? EmailKey => Email is null ? null : CanonicalEmail.TryParse(Email, out var canonical)
        ? canonical
        : throw new InvalidOperationException("An account cannot be stored under what is no e-mail address.");

    /// <summary>The user name as no two accounts may have it; <c>null</c> where there is none.</summary>
    /// <exception cref="InvalidOperationException">What the account has is no user name; it cannot be stored.</exception>
    public LoginName? UsernameKey => Username is null ? null : CanonicalUsername.TryParse(Username, out var canonical)
        ? canonical
        : throw new InvalidOperationException("An account cannot be stored under what is no user name.");

    /// <summary>Under what lists have the account.</summary>
    /// <exception cref="InvalidOperationException">It has no name that it could be found by; it cannot be stored.</exception>
    public string ListedName => (EmailKey ?? UsernameKey)?.Value
        ?? throw new InvalidOperationException("An account cannot be stored without an address or a user name.");

    /// <summary>Who it is, for people: the address, or else the user name.</summary>
    public string? DisplayName => Email ?? Username;

    public bool IsActiveAdministrator => Active && Roles.Contains(AdministratorRole);

    /// <summary>Whether somebody may still settle an attempt, which is not stored: an account with one stays in memory.</summary>
    public bool HasAttemptUnderWay(DateTimeOffset now)
    {
        return IsUnderWay(StrangerAttempts) || KnownAttempts.Any(known => IsUnderWay(known.Budget))
            || IsUnderWay(StrangerCodeAttempts) || KnownCodeAttempts.Any(known => IsUnderWay(known.Budget));

        // An attempt that nobody will settle any more keeps no account in memory.
        bool IsUnderWay(AttemptBudget budget) => budget.Reserved.Any(attempt => now - attempt.At < AttemptBudget.ReservationLifetime);
    }

    public Session? FindSession(Guid id)
    {
        foreach (var session in Sessions)
        {
            if (session.Id == id)
                return session;
        }

        return null;
    }

    /// <summary>
    /// The session that a token stands for at this moment: the account is active, the secret is the one it has now for this kind, and the
    /// session lives and is not over. <c>null</c> where one of these does not hold.
    /// </summary>
    public Session? SessionOf(TokenKind kind, Guid id, Guid secret, Moment moment) =>
        Active && Secret.Matches(SecretOf(kind), secret) && FindSession(id) is { } session && !session.IsOver(moment.Now, moment.Rules)
            ? session
            : null;

    public AccountState WithSession(Session changed)
    {
        var index = Sessions.IndexOf(FindSession(changed.Id)!);
        return this with { Sessions = Sessions.SetItem(index, changed) };
    }

    public AccountState WithoutSession(Guid id) => this with { Sessions = Sessions.RemoveAll(session => session.Id == id) };

    private Guid SecretOf(TokenKind kind) => kind switch
    {
        TokenKind.Access => AccessSecret,
        TokenKind.Refresh => RefreshSecret,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}

using System.Collections.Immutable;
using System.Net;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using Xunit;

namespace AuthCluster.Tests.Accounts;

/// <summary>One account in memory, with a clock that is set by hand and secrets that are counted.</summary>
internal sealed class Scenario
{
    public static readonly ClientFacts Laptop = new(IPAddress.Parse("192.0.2.1"), "Laptop/1.0");
    public static readonly ClientFacts Phone = new(IPAddress.Parse("198.51.100.2"), "Phone/1.0");

    private int _secrets;

    public AccountRules Rules { get; set; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public AccountState? Account { get; private set; }

    public AccountState State => Account ?? throw new InvalidOperationException("There is no account.");

    /// <summary>What the last act wrote into the log.</summary>
    public ImmutableArray<ActivityEntry> Logged { get; private set; } = [];

    /// <summary>What all acts wrote into the log.</summary>
    public List<ActivityEntry> Log { get; } = [];

    /// <summary>What died by the last act.</summary>
    public ImmutableArray<Revocation> Revoked { get; private set; } = [];

    /// <summary>What died by all acts.</summary>
    public List<Revocation> AllRevoked { get; } = [];

    /// <summary>Whether the last act counts only once it is stored.</summary>
    public bool MustBeStored { get; private set; }

    public static Scenario Registered(AccountRules? rules = null)
    {
        var scenario = new Scenario { Rules = rules ?? new() };
        scenario.Perform(new Register(scenario.NewSecret(), "ann@example.org", "first hash", Laptop)).Result();
        return scenario;
    }

    public Outcome<T> Perform<T>(Act<T> act)
    {
        var decision = Decide(act);
        Logged = [.. decision.Effects.Entries()];
        Log.AddRange(Logged);
        Revoked = Revocation.Between(Account, decision.State, decision.Effects);
        AllRevoked.AddRange(Revoked);
        (Account, MustBeStored) = (decision.State, decision.MustBeStored);
        return decision.Outcome;
    }

    /// <summary>What the account would decide, without letting it happen.</summary>
    public Decision<T> Decide<T>(Act<T> act) => act.Decide(Account, new Moment(Now, NewSecret, Rules));

    public void Wait(TimeSpan time) => Now += time;

    public Attempt Attempt(DeviceTokenFacts? deviceToken = null) => Perform(new BeginLogin(deviceToken)).Result();

    public Outcome<Grant> TryLogin(bool right = true, DeviceTokenFacts? deviceToken = null, ClientFacts? client = null)
    {
        var attempt = Perform(new BeginLogin(deviceToken));
        return attempt.IsRefused(out var reserved)
            ? attempt.As<Grant>()
            : Perform(new CompleteLogin(reserved.Settle(right), client ?? Laptop)).Granted();
    }

    public Grant Login(ClientFacts? client = null) => TryLogin(client: client).Result();

    /// <summary>Attempts wrongly until the account asks to wait, and returns how often it listened.</summary>
    public int ExhaustGuesses(DeviceTokenFacts? deviceToken = null)
    {
        var attempts = 0;
        while (TryLogin(right: false, deviceToken).Refusal != Refusal.TooManyAttempts)
            attempts++;
        return attempts;
    }

    public Outcome<Grant> Refresh(Grant holder, ClientFacts? client = null) => Perform(Refreshing(holder, client));

    public static RefreshSession Refreshing(Grant holder, ClientFacts? client = null) =>
        new(holder.Session.Id, holder.Session.Rotation.TokenId, holder.RefreshSecret, client ?? Laptop);

    public SettledAttempt PasswordCheck(Grant caller, bool right = true) => Perform(new BeginPasswordCheck(caller.Proof())).Result().Settle(right);

    /// <summary>Turns a second factor on, confirmed by the code of this step, with two emergency codes.</summary>
    public Grant TurnOnSecondFactor(Grant caller, long step = 100)
    {
        Perform(new CreateTotp(caller.Proof(), PasswordCheck(caller), "sealed", Laptop)).Result();
        var code = Perform(new BeginTotpConfirmation(caller.Proof())).Result().SettleCode(step);
        return Perform(new ConfirmTotp(caller.Proof(), code, ["first code", "second code"], Laptop)).Result();
    }

    /// <summary>A new account with a second factor on, and the session that turned it on.</summary>
    public static (Scenario Scenario, Grant Mine) WithSecondFactor()
    {
        var scenario = Registered();
        return (scenario, scenario.TurnOnSecondFactor(scenario.Login()));
    }

    /// <summary>The code of an authenticated user: of this step, or the emergency code with this hash, or a wrong one.</summary>
    public SettledCode Code(Grant caller, long? step = null, string? emergency = null) =>
        Perform(new BeginCodeCheck(caller.Proof())).Result().SettleCode(step, emergency);

    public Challenge Challenge(DeviceTokenFacts? deviceToken = null, string? deviceName = null)
    {
        var completed = new CompleteLogin(Attempt(deviceToken).Settle(right: true), Laptop) { DeviceName = deviceName };
        return Assert.IsType<SecondFactorOwed>(Perform(completed).Result()).Challenge;
    }

    public Outcome<Grant> TryLoginWithCode(long step)
    {
        var begun = Perform(new BeginLogin(DeviceToken: null));
        if (begun.IsRefused(out var attempt))
            return begun.As<Grant>();
        var outcome = Perform(new CompleteLogin(attempt.Settle(right: true), Laptop) { CodeFollows = true });
        return outcome.IsRefused(out var result) ? outcome.As<Grant>() : Complete(Assert.IsType<SecondFactorOwed>(result).Challenge, step);
    }

    public Outcome<Grant> Complete(Challenge challenge, long? step = null, string? emergency = null)
    {
        var begun = Perform(new BeginChallenge(challenge));
        return begun.IsRefused(out var attempt)
            ? begun.As<Grant>()
            : Perform(new CompleteChallenge(challenge, attempt.SettleCode(step, emergency), Laptop)).Granted();
    }

    /// <summary>What a token check finds, but for the token's own expiry.</summary>
    public bool AccessIsGood(Grant holder) => Account is { } state && Standing.Of(state) is { Active: true } standing
        && Secret.Matches(standing.AccessSecret, holder.AccessSecret) && standing.FindSession(holder.Session.Id) is not null;

    /// <summary>Whether the account stands by the refresh tokens of this pair, whichever of them is the newest.</summary>
    public bool RefreshStands(Grant holder) => Account is { Active: true } state
        && state.RefreshSecret == holder.RefreshSecret && state.FindSession(holder.Session.Id) is not null;

    public bool RefreshIsGood(Grant holder) => Decide(Refreshing(holder)).Outcome.Refusal is null;

    public void AssertGood(params Grant[] holders) => Assert.All(holders, holder => Assert.True(AccessIsGood(holder) && RefreshIsGood(holder)));

    public void AssertDead(params Grant[] holders) => Assert.All(holders, holder => Assert.False(AccessIsGood(holder) || RefreshIsGood(holder)));

    private Guid NewSecret() => new(++_secrets, 0, 0, new byte[8]);
}

internal static class ScenarioExtensions
{
    public static SessionProof Proof(this Grant grant) => new(grant.Session.Id, grant.AccessSecret);

    public static DeviceTokenFacts DeviceToken(this Grant grant) => new(grant.Session.DeviceId, grant.DeviceTokenGeneration);

    /// <summary>What a login granted, where it was not refused.</summary>
    public static Outcome<Grant> Granted(this Outcome<LoginResult> outcome) =>
        outcome.IsRefused(out var result) ? outcome.As<Grant>() : Assert.IsType<Granted>(result).Grant;

    public static T Result<T>(this Outcome<T> outcome) =>
        outcome.IsRefused(out var result) ? throw new InvalidOperationException($"Refused: {outcome.Refusal}") : result;
}

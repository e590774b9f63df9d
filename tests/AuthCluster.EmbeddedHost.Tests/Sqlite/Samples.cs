using System.Collections.Immutable;
using System.Net;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;

namespace AuthCluster.EmbeddedHost.Tests.Sqlite;

/// <summary>Accounts made by the rules, as they come to the store.</summary>
internal static class Samples
{
    public const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Moment At(DateTimeOffset now) => new(now, Secret.New, new AccountRules());

    public static AccountState NewAccount(string? email = null, bool administrator = false)
    {
        var id = Guid.NewGuid();
        var act = new Register(id, email ?? $"{id:N}@example.com", "$hash$", Client());
        if (administrator)
            act = act with { Roles = [AccountState.AdministratorRole] };
        return act.Decide(null, At(Noon)).State!;
    }

    public static AccountState LogIn(this AccountState state, string? deviceName = null) =>
        new CompleteLogin(RightAttempt(state), Client()) { DeviceName = deviceName }.Decide(state, At(Noon.AddSeconds(state.ActivityCount))).State!;

    public static SettledAttempt RightAttempt(AccountState state) => new(Guid.NewGuid(), Device: null, state.CredentialVersion, Right: true);

    public static AccountChange Creation(AccountState state) => new(state.Id, 0, Before: null, state, Logged([.. state.Activity]));

    public static AccountChange Change(long version, AccountState before, AccountState? after, params ActivityEntry[] events) =>
        new(before.Id, version, before, after, Logged(events));

    private static ImmutableArray<Effect> Logged(ActivityEntry[] entries) => [.. entries.Select(entry => new Logged(entry))];

    public static ActivityEntry Failure(string email, DateTimeOffset? time = null, string address = "198.51.100.9") => new()
    {
        Time = time ?? Noon,
        Event = ActivityEvents.Login,
        Succeeded = false,
        Reason = ActivityReasons.UnknownUser,
        Email = email,
        Address = address,
        UserAgent = Browser,
    };

    // Each call makes strings of its own, as requests do.
    public static ClientFacts Client() => new(IPAddress.Parse("203.0.113.7"), new string(Browser));
}

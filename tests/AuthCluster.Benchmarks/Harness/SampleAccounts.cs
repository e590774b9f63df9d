using System.Collections.Immutable;
using System.Net;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Options;
using AuthCluster.Passwords;

namespace AuthCluster.Benchmarks.Harness;

/// <summary>Accounts as a deployment has them, decided by the rules themselves but stored without a turn for each act.</summary>
internal static class SampleAccounts
{
    public const string UserAgent =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

    public static readonly ClientFacts Client = new(IPAddress.Loopback, UserAgent);

    public const string Password = "correct horse battery";

    /// <summary>Made once, at the default cost: a login does not have to replace it.</summary>
    public static readonly string PasswordHash = new PasswordHasher(new PasswordOptions()).Hash(Password);

    // All of one length, so that no answer is longer than another.
    public static string EmailOf(int number) => $"user{number:D7}@example.com";

    /// <summary>A new account that logged in some times; each time but the last an administrator ended the session.</summary>
    public static AccountChange LoggedIn(int number, int logins)
    {
        var moment = new Moment(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()), Secret.New, new AccountRules());
        var id = Guid.CreateVersion7();
        var effects = ImmutableArray.CreateBuilder<Effect>();
        AccountState? state = null;
        Perform(new Register(id, EmailOf(number), PasswordHash, Client));
        for (var login = 1; login <= logins; login++)
        {
            var attempt = Perform(new BeginLogin(null));
            Perform(new CompleteLogin(attempt.Settle(right: true), Client));
            if (login < logins)
                Perform(new RevokeTokens(RevokedTokens.All));
        }

        return new AccountChange(id, ExpectedVersion: 0, Before: null, state, effects.ToImmutable());

        T Perform<T>(Act<T> act)
        {
            var decision = act.Decide(state, moment);
            state = decision.State;
            effects.AddRange(decision.Effects);
            return decision.Outcome.Result!;
        }
    }

    /// <summary>Stores that many accounts and returns their ids.</summary>
    public static async Task<Guid[]> StoreAsync(IAccountStore store, int count, int logins)
    {
        var ids = new Guid[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => Task.Run(StoreSomeAsync)));
        return ids;

        async Task StoreSomeAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                var change = LoggedIn(number, logins);
                if (await store.SaveAsync(change) != SaveResult.Saved)
                    throw new InvalidOperationException("An account could not be stored.");
                ids[number] = change.Id;
            }
        }
    }
}

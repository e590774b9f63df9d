using System.Diagnostics;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Benchmarks.Harness;
using AuthCluster.EmbeddedHost.Actors;

namespace AuthCluster.Benchmarks.Writes;

/// <summary>Callers that log in, refresh and revoke without a pause, each on accounts of its own. Every one of the three is a durable write.</summary>
internal sealed class WriteLoad : IDisposable
{
    private const int WritesPerCycle = 3;

    private readonly EmbeddedAccounts _accounts;
    private readonly Guid[] _ids;

    private WriteLoad(EmbeddedAccounts accounts, Guid[] ids)
    {
        _accounts = accounts;
        _ids = ids;
    }

    /// <param name="stored">Accounts that nobody else uses meanwhile.</param>
    public static async Task<WriteLoad> OpenAsync(IAccountStore store, Guid[] stored)
    {
        var accounts = new EmbeddedAccounts(store, new AccountRules(), TimeProvider.System);
        foreach (var id in stored)
            await accounts.StandingAsync(id);
        return new WriteLoad(accounts, stored);
    }

    /// <returns>Writes a second.</returns>
    public async Task<double> RunAsync(int callers, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var cycles = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, callers, started, time))));
        return cycles.Sum() * WritesPerCycle / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose() => _accounts.Dispose();

    private async Task<long> CallAsync(int caller, int callers, long started, TimeSpan time)
    {
        var cycles = 0L;
        for (var i = caller; Stopwatch.GetElapsedTime(started) < time; i = (i + callers) % _ids.Length)
        {
            await CycleAsync(_accounts.For(_ids[i]));
            cycles++;
        }

        return cycles;
    }

    /// <summary>The password counts as right: what a hash costs is the same with any store.</summary>
    private static async Task CycleAsync(AccountActor account)
    {
        var attempt = Granted(await account.PerformAsync(new BeginLogin(null)));
        var result = Granted(await account.PerformAsync(new CompleteLogin(attempt.Settle(right: true), SampleAccounts.Client)));
        var login = ((Granted)result).Grant;
        var device = login.Session;
        Granted(await account.PerformAsync(new RefreshSession(device.Id, device.Rotation.TokenId, login.RefreshSecret, SampleAccounts.Client)));
        Granted(await account.PerformAsync(new RevokeTokens(RevokedTokens.All)));
    }

    private static T Granted<T>(Outcome<T> outcome) =>
        outcome.IsRefused(out var result) ? throw new InvalidOperationException($"An act was refused: {outcome.Refusal}.") : result;
}

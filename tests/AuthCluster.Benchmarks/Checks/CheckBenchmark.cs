using System.Diagnostics;
using AuthCluster.Accounts;
using AuthCluster.Benchmarks.ForwardAuth;
using AuthCluster.Benchmarks.Harness;
using AuthCluster.Http.Settings;
using AuthCluster.Keys;
using AuthCluster.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AuthCluster.Benchmarks.Checks;

/// <summary>(b) the check alone, on tokens that were verified before and accounts that are in memory.</summary>
internal static class CheckBenchmark
{
    private const int Accounts = 1000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CommandLine commandLine)
    {
        using var directory = commandLine.NewDirectory("check");
        var options = new AuthClusterOptions { DataDirectory = directory.Path };
        await using var deployment = await Deployment.OpenAsync(options);
        var tokens = new string[Accounts];
        for (var user = 0; user < Accounts; user++)
            tokens[user] = (await deployment.AddUserAsync(user)).Access;
        var check = deployment.App.Services.GetRequiredService<TokenCheck>();
        await WarmUpAsync(check, tokens, commandLine);

        var bytes = new List<double>();
        var key = deployment.App.Services.GetRequiredService<KeyRing>().Current;
        var times = await Rounds.InterleaveAsync(
            commandLine.Short ? 3 : 15,
            () => Task.FromResult(CheckAll(check, tokens, passes: commandLine.Short ? 20 : 500, bytes)),
            () => ValidateStockAsync(tokens, options, key));
        return
        [
            new Figure("b", "one check of a warm token", Sample.Of(times[0]), "ns", Target: Target.NotOver(1000)),
            new Figure("b", "allocated by it", Sample.Of(bytes), "bytes", Target: Target.NotOver(200)),
            new Figure("b", "the same token by a stock JsonWebTokenHandler (ES256)", Sample.Of(times[1]), "ns"),
        ];
    }

    /// <summary>The first checks verify signatures and report sightings, which the accounts then save.</summary>
    private static async Task WarmUpAsync(TokenCheck check, string[] tokens, CommandLine commandLine)
    {
        for (var i = 0; i < (commandLine.Short ? 3 : 10); i++)
        {
            CheckAll(check, tokens, passes: 20, bytes: []);
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    /// <returns>Nanoseconds a check.</returns>
    private static double CheckAll(TokenCheck check, string[] tokens, int passes, List<double> bytes)
    {
        var checks = (double)passes * tokens.Length;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var pass = 0; pass < passes; pass++)
        {
            foreach (var token in tokens)
            {
                var judging = check.CheckAsync(token, TokenKind.Access, SampleAccounts.Client);
                if (!judging.IsCompletedSuccessfully || !judging.Result.IsGood(out _, out _))
                    throw new InvalidOperationException("A good token was refused, or its account is not in memory.");
            }
        }

        var time = Stopwatch.GetElapsedTime(started);
        bytes.Add((GC.GetAllocatedBytesForCurrentThread() - allocated) / checks);
        return time.TotalNanoseconds / checks;
    }

    private static async Task<double> ValidateStockAsync(string[] tokens, AuthClusterOptions options, SigningKey key)
    {
        var handler = new JsonWebTokenHandler { MapInboundClaims = false };
        var parameters = StockBearer.Parameters(options, key);
        var started = Stopwatch.GetTimestamp();
        foreach (var token in tokens)
        {
            if (!(await handler.ValidateTokenAsync(token, parameters)).IsValid)
                throw new InvalidOperationException("The stock handler refused a good token.");
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / tokens.Length;
    }
}

using System.Diagnostics;
using AuthCluster.Benchmarks.Harness;
using AuthCluster.Options;

namespace AuthCluster.Benchmarks.ForwardAuth;

/// <summary>(a) forward-auth beside the same endpoint behind stock bearer authentication, and beside endpoints without any.</summary>
internal static class ForwardAuthBenchmark
{
    // No multiple of usual numbers of connections: every connection sends the tokens of many users.
    private const int Users = 101;
    private const int ServerCore = 0;
    private const int LoadCore = 1;

    private static readonly string[] Paths = ["/api/forward-auth", StockBearer.StockPath, StockBearer.OpenPath, StockBearer.BarePath];

    public static async Task<IReadOnlyList<Figure>> RunAsync(CommandLine commandLine) =>
    [
        .. await MeasureAsync(TokenAlgorithm.ES256, stockTarget: 5, commandLine),
        .. await MeasureAsync(TokenAlgorithm.HS256, stockTarget: 3, commandLine),
    ];

    private static async Task<IEnumerable<Figure>> MeasureAsync(TokenAlgorithm algorithm, double stockTarget, CommandLine commandLine)
    {
        using var directory = commandLine.NewDirectory($"forward-auth-{algorithm}");
        await using var server = ChildProcess.StartRole(ServerCore, "serve", $"{algorithm}", $"{Users}", directory.Path);
        var up = await server.ReceiveAsync<ServerIsUp>();
        await using var load = ChildProcess.StartRole(LoadCore, "load");
        await load.SendAsync(new LoadPlan(up.Port, commandLine.Connections, commandLine.Depth, Paths, up.Access));
        await WarmUpAsync(server, load, commandLine);

        var busy = new List<double>();
        var (rounds, time) = commandLine.Short ? (2, TimeSpan.FromSeconds(0.3)) : (9, TimeSpan.FromSeconds(1.5));
        var rates = await Rounds.InterleaveAsync(rounds, [.. Paths.Select((_, path) => (Func<Task<double>>)(() => PlayAsync(path)))]);
        return Figures(algorithm, rates, stockTarget, Sample.Of(busy));

        async Task<double> PlayAsync(int path)
        {
            var before = server.ProcessorTime;
            var result = await PlayRoundAsync(load, path, time);
            var spent = server.ProcessorTime - before;
            busy.Add(spent / result.Time);
            // Of the time that the server had: what other programs took of its core is not the endpoint's cost.
            return result.Responses / spent.TotalSeconds;
        }
    }

    /// <summary>
    /// Until the runtime has compiled the hot paths for the second time, with what it saw in the first. That takes processor time, of
    /// which a server may get little where other programs run.
    /// </summary>
    private static async Task WarmUpAsync(ChildProcess server, ChildProcess load, CommandLine commandLine)
    {
        var enough = commandLine.Short ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(15);
        var started = Stopwatch.GetTimestamp();
        while (server.ProcessorTime < enough && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
        {
            for (var path = 0; path < Paths.Length; path++)
                await PlayRoundAsync(load, path, commandLine.Short ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<LoadResult> PlayRoundAsync(ChildProcess load, int path, TimeSpan time)
    {
        await load.SendAsync(new LoadRound(path, time));
        return await load.ReceiveAsync<LoadResult>();
    }

    private static IEnumerable<Figure> Figures(TokenAlgorithm algorithm, double[][] rates, double stockTarget, Sample busy)
    {
        var (ours, stock, open, bare) = (rates[0], rates[1], rates[2], rates[3]);
        yield return new Figure(
            "a", $"forward-auth, {algorithm}, to stock JwtBearer", Rounds.Ratio(ours, stock), "×", Rate(ours, stock), Target.NotUnder(stockTarget));
        yield return new Figure(
            "a", $"forward-auth, {algorithm}, to no authentication and the same headers", Rounds.Ratio(ours, open), "×", Rate(ours, open), Target.NotUnder(0.9));
        yield return new Figure(
            "a", $"forward-auth, {algorithm}, to no authentication and no headers", Rounds.Ratio(ours, bare), "×", Rate(ours, bare), Target.NotUnder(0.8));
        // Near 100 the rates are those of the clock, too. Far below, other programs had the core or the load was too small.
        yield return new Figure("a", $"the server's core meanwhile, {algorithm}", new Sample(busy.Median * 100, busy.Lowest * 100, busy.Highest * 100), "% busy");
    }

    private static string Rate(double[] measured, double[] baseline) =>
        $"{Figure.Number(Sample.Of(measured).Median)} to {Figure.Number(Sample.Of(baseline).Median)} requests a second of its core";
}

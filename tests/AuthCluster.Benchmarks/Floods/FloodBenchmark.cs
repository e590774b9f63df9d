using AuthCluster.Benchmarks.ForwardAuth;
using AuthCluster.Benchmarks.Harness;

namespace AuthCluster.Benchmarks.Floods;

/// <summary>
/// (e) A flood of logins, with the default settings: what it costs forward-auth, and what becomes of the logins. All of it on the same
/// cores: what the flood itself takes is part of what it costs.
/// </summary>
internal static class FloodBenchmark
{
    private const int Users = 2000;
    private const int FloodPerSecond = 1000;
    private const int CallsPerSecond = 1000;
    private const int Connections = 16;
    private const double Mebibyte = 1024 * 1024;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CommandLine commandLine)
    {
        using var directory = commandLine.NewDirectory("flood");
        // Everything comes from this machine, but not all from one client: that would be turned away before the lane.
        await using var server = ChildProcess.StartRole(core: null, "serve", "ES256", $"{Users}", directory.Path, "127.0.0.1");
        var up = await server.ReceiveAsync<ServerIsUp>();
        var tokens = up.Access[..101];
        await using var flood = ChildProcess.StartRole(core: null, "flood");
        await flood.SendAsync(new FloodPlan(up.Port, Users));
        await using var paced = ChildProcess.StartRole(core: null, "paced");
        await paced.SendAsync(new PacedPlan(up.Port, Connections, CallsPerSecond, tokens));
        await using var full = ChildProcess.StartRole(core: null, "load");
        await full.SendAsync(new LoadPlan(up.Port, Connections, Depth: 1, ["/api/forward-auth"], tokens));
        return await MeasureAsync(server, flood, paced, full, commandLine.Short);
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        ChildProcess server, ChildProcess flood, ChildProcess paced, ChildProcess full, bool isShort)
    {
        var (brief, lasting) = isShort ? (TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)) : (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        await AskAsync<FloodResult>(flood, new FloodRound(FloodPerSecond, brief));
        await AskAsync<LoadResult>(full, new LoadRound(0, brief));
        await AskAsync<PacedResult>(paced, new PacedRound(brief));

        var lane = await AskAsync<FloodResult>(flood, new FloodRound(0, brief));
        var calm = await AskAsync<PacedResult>(paced, new PacedRound(lasting));
        var calmFull = await AskAsync<LoadResult>(full, new LoadRound(0, brief));
        var memory = server.Memory;
        var flooding = AskAsync<FloodResult>(flood, new FloodRound(FloodPerSecond, lasting));
        var flooded = await AskAsync<PacedResult>(paced, new PacedRound(lasting));
        var result = await flooding;
        var grown = (server.Memory - memory) / Mebibyte;
        var floodingFull = AskAsync<FloodResult>(flood, new FloodRound(FloodPerSecond, brief));
        var floodedFull = await AskAsync<LoadResult>(full, new LoadRound(0, brief));
        var resultFull = await floodingFull;
        return
        [
            One("forward-auth in a flood of logins, 99th percentile, to idle", flooded.Percentile99 / calm.Percentile99, "×", Target.NotOver(3),
                $"{Figure.Number(flooded.Percentile99)} to {Figure.Number(calm.Percentile99)} ms, at {CallsPerSecond} calls/s"),
            One("forward-auth in a flood of logins, as many as it can answer, to idle", Rate(floodedFull) / Rate(calmFull), "×", Target.NotUnder(0.5),
                $"{Figure.Number(Rate(floodedFull))} to {Figure.Number(Rate(calmFull))} calls/s"),
            One("logins offered", result.Offered / result.Time.TotalSeconds, "a second"),
            One("logins whose password was looked at, to what the lane can hash", Rate(result) / Rate(lane), "×", Target.NotUnder(0.8),
                $"{Figure.Number(Rate(result))} to {Figure.Number(Rate(lane))} a second"),
            One("the same where forward-auth is called as often as it can answer", Rate(resultFull) / Rate(lane), "×"),
            One("refused logins that were told when to come back", Told(result), "%", Target.NotUnder(100), $"{result.Refused} refused"),
            One("logins without an answer, or with a wrong one", result.Broken + resultFull.Broken, "", Target.NotOver(0)),
            One("memory that the server took in the flood", grown, "MiB", Target.NotOver(256)),
        ];
    }

    private static async Task<T> AskAsync<T>(ChildProcess child, object round)
    {
        await child.SendAsync(round);
        return await child.ReceiveAsync<T>();
    }

    private static double Rate(LoadResult load) => load.Responses / load.Time.TotalSeconds;

    private static double Rate(FloodResult flood) => flood.Hashed / flood.Time.TotalSeconds;

    private static double Told(FloodResult flood) => flood.Refused == 0 ? 100 : 100.0 * (flood.Refused - flood.Untold) / flood.Refused;

    private static Figure One(string what, double value, string unit, Target? target = null, string detail = "") =>
        new("e", what, new Sample(value, value, value), unit, detail, target);
}

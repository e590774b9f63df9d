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
        // Until everything is compiled.
        var brief = commandLine.Short ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(10);
        await AskAsync<FloodResult>(flood, new FloodRound(FloodPerSecond, brief));
        await AskAsync<LoadResult>(full, new LoadRound(0, brief));
        await AskAsync<PacedResult>(paced, new PacedRound(brief / 5));
        return [.. await MeasureTimesAsync(server, flood, paced, brief), await MeasureRateAsync(flood, full, brief / 5)];
    }

    /// <summary>At a pace that leaves the server time: how long an answer takes, and what becomes of the flood.</summary>
    private static async Task<IReadOnlyList<Figure>> MeasureTimesAsync(ChildProcess server, ChildProcess flood, ChildProcess paced, TimeSpan brief)
    {
        var lane = await AskAsync<FloodResult>(flood, new FloodRound(0, brief));
        var before = await AskAsync<PacedResult>(paced, new PacedRound(brief));
        var memory = server.Memory;
        var flooding = AskAsync<FloodResult>(flood, new FloodRound(FloodPerSecond, brief * 3));
        var flooded = await AskAsync<PacedResult>(paced, new PacedRound(brief * 3));
        var result = await flooding;
        var grown = (server.Memory - memory) / Mebibyte;
        var after = await AskAsync<PacedResult>(paced, new PacedRound(brief));
        return
        [
            Slower(flooded, [before, after]),
            One("logins offered", result.Offered / result.Time.TotalSeconds, "a second"),
            One(
                "logins whose password was looked at, to what the lane can hash", Rate(result) / Rate(lane), "×", Target.NotUnder(0.8),
                $"{Figure.Number(Rate(result))} to {Figure.Number(Rate(lane))} a second"),
            One("refused logins that were told when to come back", Told(result), "%", Target.NotUnder(100), $"{result.Refused} refused"),
            One("logins without an answer, or with a wrong one", result.Broken, "logins", Target.NotOver(0)),
            One("memory that the server took in the flood", grown, "MiB", Target.NotOver(256)),
        ];
    }

    private static async Task<Figure> MeasureRateAsync(ChildProcess flood, ChildProcess full, TimeSpan lap)
    {
        var rates = await Rounds.InterleaveAsync(5, AnswerAsync, async () =>
        {
            var flooding = AskAsync<FloodResult>(flood, new FloodRound(FloodPerSecond, lap));
            var rate = await AnswerAsync();
            await flooding;
            return rate;
        });
        return new Figure(
            "e", "forward-auth in a flood of logins, as many calls as it can answer, to idle", Rounds.Ratio(rates[1], rates[0]), "×",
            $"{Figure.Number(Sample.Of(rates[1]).Median)} to {Figure.Number(Sample.Of(rates[0]).Median)} calls/s", Target.NotUnder(0.5));

        async Task<double> AnswerAsync()
        {
            var load = await AskAsync<LoadResult>(full, new LoadRound(0, lap));
            return load.Responses / load.Time.TotalSeconds;
        }
    }

    private static Figure Slower(PacedResult flooded, PacedResult[] calm) => new(
        "e",
        "forward-auth in a flood of logins, 99th percentile, to idle",
        Sample.Of(calm.Select(idle => flooded.Percentile99 / idle.Percentile99)),
        "×",
        $"{Figure.Number(flooded.Percentile99)} to {Figure.Number(calm.Average(idle => idle.Percentile99))} ms, at {CallsPerSecond} calls/s",
        Target.NotOver(3));

    private static async Task<T> AskAsync<T>(ChildProcess child, object round)
    {
        await child.SendAsync(round);
        return await child.ReceiveAsync<T>();
    }

    private static double Rate(FloodResult flood) => flood.Hashed / flood.Time.TotalSeconds;

    private static double Told(FloodResult flood) => flood.Refused == 0 ? 100 : 100.0 * (flood.Refused - flood.Untold) / flood.Refused;

    private static Figure One(string what, double value, string unit, Target? target = null, string detail = "") =>
        new("e", what, new Sample(value, value, value), unit, detail, target);
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AuthCluster.Benchmarks.ForwardAuth;
using AuthCluster.Benchmarks.Harness;

namespace AuthCluster.Benchmarks.Clusters;

/// <summary>(f) One node of three beside the embedded server, and how long a revocation takes that all three have copies of.</summary>
internal static class ClusterBenchmark
{
    private const int Nodes = 3;
    private const int Users = 101;
    private const int ServerCore = 0;
    private const int LoadCore = 1;
    private const string Password = "correct horse battery";

    private static readonly string[] Paths = ["/api/forward-auth"];

    public static async Task<IReadOnlyList<Figure>> RunAsync(CommandLine commandLine)
    {
        if (commandLine.ClusterProgram is not { } program)
            return [];
        string[] settings =
        [
            "RateLimits:PerAddress=0", "Passwords:Cost=Lowest", "Tokens:AccessLifetime=01:00:00", "Tokens:ProfileClaims=email",
            .. commandLine.ClusterSettings,
        ];
        var nodes = await ClusterNode.StartAsync(program, Nodes, ServerCore, settings);
        try
        {
            var tokens = await LogInAsync(nodes);
            return [await CompareAsync(nodes[0], tokens, commandLine), .. await RevokeAsync(nodes, commandLine)];
        }
        finally
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
        }
    }

    private static async Task<string[]> LogInAsync(ClusterNode[] nodes)
    {
        var tokens = new string[Users];
        for (var user = 0; user < Users; user++)
        {
            using var created = await nodes[user % Nodes].Client.PostAsJsonAsync("/api/user/create", new { email = EmailOf(user), password = Password });
            // Where the storage is a lasting one, they are there from the run before.
            if (created.StatusCode != HttpStatusCode.Conflict)
                created.EnsureSuccessStatusCode();
            tokens[user] = await LogInAsync(nodes[user % Nodes], user);
        }

        return tokens;
    }

    private static async Task<Figure> CompareAsync(ClusterNode node, string[] tokens, CommandLine commandLine)
    {
        using var directory = commandLine.NewDirectory("cluster-embedded");
        await using var server = ChildProcess.StartRole(ServerCore, "serve", "ES256", $"{Users}", directory.Path);
        var up = await server.ReceiveAsync<ServerIsUp>();
        await using var loadOfServer = await LoadAsync(up.Port, up.Access, commandLine);
        await using var loadOfNode = await LoadAsync(node.Port, tokens, commandLine);
        var (rounds, time) = commandLine.Short ? (2, TimeSpan.FromSeconds(0.3)) : (9, TimeSpan.FromSeconds(1.5));
        var warmUp = commandLine.Short ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(15);
        while (server.ProcessorTime < warmUp || node.ProcessorTime < warmUp)
        {
            await PlayAsync(loadOfServer, () => server.ProcessorTime, time);
            await PlayAsync(loadOfNode, () => node.ProcessorTime, time);
        }

        var rates = await Rounds.InterleaveAsync(
            rounds, () => PlayAsync(loadOfNode, () => node.ProcessorTime, time), () => PlayAsync(loadOfServer, () => server.ProcessorTime, time));
        var (ofNode, ofServer) = (Sample.Of(rates[0]), Sample.Of(rates[1]));
        return new Figure(
            "f",
            "forward-auth on one node of three, to the embedded server",
            Rounds.Ratio(rates[0], rates[1]),
            "×",
            $"{Figure.Number(ofNode.Median)} to {Figure.Number(ofServer.Median)} requests a second of its core",
            Target.NotUnder(0.8));
    }

    private static async Task<ChildProcess> LoadAsync(int port, string[] tokens, CommandLine commandLine)
    {
        var load = ChildProcess.StartRole(LoadCore, "load");
        await load.SendAsync(new LoadPlan(port, commandLine.Connections, commandLine.Depth, Paths, tokens));
        return load;
    }

    private static async Task<double> PlayAsync(ChildProcess load, Func<TimeSpan> processorTime, TimeSpan time)
    {
        var before = processorTime();
        await load.SendAsync(new LoadRound(0, time));
        var result = await load.ReceiveAsync<LoadResult>();
        return result.Responses / (processorTime() - before).TotalSeconds;
    }

    private static async Task<IEnumerable<Figure>> RevokeAsync(ClusterNode[] nodes, CommandLine commandLine)
    {
        var count = commandLine.Short ? 20 : 1_000;
        var milliseconds = new double[count];
        for (var i = 0; i < count; i++)
        {
            var token = await LogInAsync(nodes[i % Nodes], i % Users);
            foreach (var node in nodes)
                await ExpectAsync(node, token, HttpStatusCode.OK);
            using var request = Request(HttpMethod.Post, "/api/user/logout/all", token);
            var started = Stopwatch.GetTimestamp();
            using var answer = await nodes[(i / Nodes) % Nodes].Client.SendAsync(request);
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            answer.EnsureSuccessStatusCode();
            foreach (var node in nodes)
                await ExpectAsync(node, token, HttpStatusCode.Unauthorized);
        }

        Array.Sort(milliseconds);
        return
        [
            Percentile(0.5, null),
            Percentile(0.99, Target.NotOver(20)),
        ];

        Figure Percentile(double part, Target? target)
        {
            var value = milliseconds[(int)(part * (count - 1))];
            return new Figure(
                "f", $"log-out everywhere, {part * 100:0}th percentile", new Sample(value, value, value), "ms", $"{count} calls, copies on all nodes", target);
        }
    }

    private static async Task<string> LogInAsync(ClusterNode node, int user)
    {
        using var answer = await node.Client.SendAsync(
            Request(HttpMethod.Post, "/api/user/login", token: null, new { email = EmailOf(user), password = Password }));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<TokenPair>(JsonSerializerOptions.Web))!.Access;
    }

    private static async Task ExpectAsync(ClusterNode node, string token, HttpStatusCode expected)
    {
        using var request = Request(HttpMethod.Get, "/api/forward-auth", token);
        using var answer = await node.Client.SendAsync(request);
        if (answer.StatusCode != expected)
            throw new InvalidOperationException($"A node answered {answer.StatusCode} where it should be {expected}.");
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.UserAgent.ParseAdd(SampleAccounts.UserAgent);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static string EmailOf(int user) => $"cluster-{SampleAccounts.EmailOf(user)}";

    private sealed record TokenPair(string Access);
}

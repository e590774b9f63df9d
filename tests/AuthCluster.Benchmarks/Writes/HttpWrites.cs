using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AuthCluster.Benchmarks.ForwardAuth;
using AuthCluster.Benchmarks.Harness;

namespace AuthCluster.Benchmarks.Writes;

/// <summary>Durable writes over HTTP: refreshes and revocations of the other sessions in turn, which also makes two new tokens each.</summary>
internal static class HttpWrites
{
    private const int Callers = 64;

    /// <summary>Each caller goes round its accounts: one account may cause sixty entries of the log a minute.</summary>
    private const int AccountsPerCaller = 100;

    public static async Task<Figure> MeasureAsync(CommandLine commandLine)
    {
        using var directory = commandLine.NewDirectory("writes-http");
        await using var server = ChildProcess.StartRole(core: null, "serve", "ES256", $"{Callers * AccountsPerCaller}", directory.Path);
        var up = await server.ReceiveAsync<ServerIsUp>();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{up.Port}/api/user/") };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(SampleAccounts.UserAgent);
        var refresh = up.Refresh;
        var (rounds, time) = commandLine.Short ? (2, TimeSpan.FromSeconds(0.3)) : (5, TimeSpan.FromSeconds(2));
        await RunAsync(client, refresh, time);
        var rates = await Rounds.InterleaveAsync(rounds, () => RunAsync(client, refresh, time));
        return new Figure("c", $"durable writes over HTTP, {Callers} callers", Sample.Of(rates[0]), "writes/s", "server and clients share the cores");
    }

    private static async Task<double> RunAsync(HttpClient client, string[] refresh, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var writes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(CallAsync));
        return writes.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;

        async Task<long> CallAsync(int caller)
        {
            var answered = 0L;
            for (var turn = 0; Stopwatch.GetElapsedTime(started) < time; turn++)
            {
                var account = (caller * AccountsPerCaller) + (turn % AccountsPerCaller);
                var pair = await PostAsync(client, "login/refresh", access: null, new { refresh = refresh[account] });
                pair = await PostAsync(client, "logout/others", pair.Access, body: null);
                refresh[account] = pair.Refresh;
                answered += 2;
            }

            return answered;
        }
    }

    private static async Task<Pair> PostAsync(HttpClient client, string path, string? access, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (access is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Pair>(JsonSerializerOptions.Web))!;
    }

    private sealed record Pair(string Access, string Refresh);
}

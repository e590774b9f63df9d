using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AuthCluster.Benchmarks.ForwardAuth;
using AuthCluster.Benchmarks.Harness;

namespace AuthCluster.Benchmarks.Floods;

internal sealed record PacedPlan(int Port, int Connections, int PerSecond, string[] Tokens);

internal sealed record PacedRound(TimeSpan Time);

/// <param name="Percentile99">Of the times to an answer, in milliseconds.</param>
internal sealed record PacedResult(int Responses, double Median, double Percentile99, double Longest);

/// <summary>
/// The process that calls forward-auth at a pace that the server can well keep up with, and takes the time of each answer. A call that has
/// to wait for the one before it on its connection has waited since it was due.
/// </summary>
internal static class PacedLoad
{
    public static int Run()
    {
        var plan = JsonSerializer.Deserialize<PacedPlan>(Console.ReadLine()!)!;
        var requests = plan.Tokens.Select(token => Encoding.ASCII.GetBytes(
            $"GET /api/forward-auth HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {SampleAccounts.UserAgent}\r\nAuthorization: Bearer {token}\r\n\r\n")).ToArray();
        var connections = Enumerable.Range(0, plan.Connections).Select(_ => new LoadConnection(plan.Port)).ToList();
        while (Console.ReadLine() is { } line)
            Console.WriteLine(JsonSerializer.Serialize(Play(connections, requests, plan, JsonSerializer.Deserialize<PacedRound>(line)!.Time)));
        connections.ForEach(connection => connection.Dispose());
        return 0;
    }

    private static PacedResult Play(List<LoadConnection> connections, byte[][] requests, PacedPlan plan, TimeSpan time)
    {
        var times = connections.Select(_ => new List<long>()).ToList();
        var interval = (long)(Stopwatch.Frequency * (double)plan.Connections / plan.PerSecond);
        var started = Stopwatch.GetTimestamp();
        var threads = connections.Select((connection, index) => new Thread(() =>
        {
            // Each begins at another moment of the interval.
            var due = started + (interval * index / connections.Count);
            for (var call = index; Stopwatch.GetElapsedTime(started, due) < time; call += connections.Count, due += interval)
                times[index].Add(Call(connection, requests[call % requests.Length], due));
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var sorted = times.SelectMany(some => some).Order().Select(ticks => ticks * 1000.0 / Stopwatch.Frequency).ToArray();
        return new PacedResult(sorted.Length, sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100], sorted[^1]);
    }

    private static long Call(LoadConnection connection, byte[] request, long due)
    {
        var start = due;
        var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (early > TimeSpan.Zero)
        {
            Thread.Sleep(early);
            // The clock that wakes is not the server's.
            start = Stopwatch.GetTimestamp();
        }

        connection.Send(request);
        connection.Receive(1);
        return Stopwatch.GetTimestamp() - start;
    }
}

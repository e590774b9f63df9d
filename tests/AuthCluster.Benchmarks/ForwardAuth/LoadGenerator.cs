using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AuthCluster.Benchmarks.Harness;

namespace AuthCluster.Benchmarks.ForwardAuth;

/// <summary>What the load process is to do: all tokens in turn, over all connections.</summary>
internal sealed record LoadPlan(int Port, int Connections, int Depth, string[] Paths, string[] Tokens);

internal sealed record LoadRound(int Path, TimeSpan Time);

internal sealed record LoadResult(long Responses, TimeSpan Time);

/// <summary>
/// The load process. One thread, blocking sockets, requests made in advance: a request costs it one send and one receive, so that
/// the server is what runs at its limit. It goes around the connections; while it waits for one, the server has the others to answer.
/// </summary>
internal sealed class LoadGenerator : IDisposable
{
    private readonly List<LoadConnection> _connections = [];
    private readonly byte[][][] _requests;
    private readonly int _depth;
    private int _next;

    private LoadGenerator(LoadPlan plan)
    {
        _depth = plan.Depth;
        _requests = [.. plan.Paths.Select(path => Requests(plan, path))];
        for (var i = 0; i < plan.Connections; i++)
            _connections.Add(new LoadConnection(plan.Port));
    }

    public static int Run()
    {
        using var generator = new LoadGenerator(Read<LoadPlan>()!);
        while (Read<LoadRound>() is { } round)
            Console.WriteLine(JsonSerializer.Serialize(generator.Play(round)));
        return 0;
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private static T? Read<T>()
        where T : class => Console.ReadLine() is { } line ? JsonSerializer.Deserialize<T>(line) : null;

    private LoadResult Play(LoadRound round)
    {
        var requests = _requests[round.Path];
        var responses = 0L;
        var started = Stopwatch.GetTimestamp();
        foreach (var connection in _connections)
            connection.Send(Next(requests));
        while (Stopwatch.GetElapsedTime(started) < round.Time)
        {
            foreach (var connection in _connections)
            {
                connection.Receive(_depth);
                responses += _depth;
                connection.Send(Next(requests));
            }
        }

        var time = Stopwatch.GetElapsedTime(started);
        foreach (var connection in _connections)
            connection.Receive(_depth);
        return new LoadResult(responses, time);
    }

    private byte[] Next(byte[][] requests)
    {
        _next = (_next + 1) % requests.Length;
        return requests[_next];
    }

    /// <summary>For each token what is sent at once: its request and, where more are under way, those of the tokens after it.</summary>
    private static byte[][] Requests(LoadPlan plan, string path)
    {
        var single = plan.Tokens.Select(token =>
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {SampleAccounts.UserAgent}\r\nAuthorization: Bearer {token}\r\n\r\n").ToArray();
        return [.. single.Select((_, first) => Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Range(first, plan.Depth).Select(index => single[index % single.Length]))))];
    }
}

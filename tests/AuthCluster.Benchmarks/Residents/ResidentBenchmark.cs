using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AuthCluster.Accounts;
using AuthCluster.Benchmarks.Harness;
using AuthCluster.EmbeddedHost.Actors;
using AuthCluster.EmbeddedHost.Sqlite;

namespace AuthCluster.Benchmarks.Residents;

/// <summary>(d) what an account in memory takes, and how long a server takes to start that has many on disk.</summary>
internal static class ResidentBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CommandLine commandLine)
    {
        var count = commandLine.Short ? 2_000 : 100_000;
        using var directory = commandLine.NewDirectory("residents");
        var bytes = await MeasureMemoryAsync(directory.Path, count);
        var starts = new List<double>();
        // The first start makes the keys.
        await MeasureStartAsync(directory.Path);
        for (var i = 0; i < (commandLine.Short ? 2 : 7); i++)
            starts.Add(await MeasureStartAsync(directory.Path));
        var accounts = count.ToString("N0", CultureInfo.InvariantCulture);
        return
        [
            new Figure("d", $"memory of one account, with {accounts} resident", Sample.Of([bytes]), "bytes", Target: Target.NotOver(2048)),
            new Figure("d", $"start until ready, with {accounts} accounts on disk", Sample.Of(starts), "s", Target: Target.NotOver(1)),
        ];
    }

    /// <summary>Managed heap before and after: actors, states, standings and their places in the dictionary.</summary>
    private static async Task<double> MeasureMemoryAsync(string path, int count)
    {
        using var directory = DataDirectory.Open(path);
        using var database = Database.Open(directory);
        var store = new AccountStore(database, new AccountRules());
        var ids = await SampleAccounts.StoreAsync(store, count, logins: 1);
        using var accounts = new EmbeddedAccounts(store, new AccountRules(), TimeProvider.System);
        await accounts.StandingAsync(Guid.Empty);
        var before = Heap();
        foreach (var id in ids)
        {
            if (await accounts.StandingAsync(id) is null)
                throw new InvalidOperationException("A stored account was not found.");
        }

        var after = Heap();
        if (accounts.ResidentCount != count)
            throw new InvalidOperationException($"{accounts.ResidentCount} accounts are resident; {count} should be.");
        return (double)(after - before) / count;
    }

    private static long Heap()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Seconds from the start of the real program to its first "ready".</summary>
    private static async Task<double> MeasureStartAsync(string path)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        await using var server = ChildProcess.Start(
            "AuthCluster.EmbeddedHost", core: null, "--urls", url, $"--AuthCluster:DataDirectory={path}");
        while (!await IsReadyAsync(client, $"{url}/health/ready"))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException("The server did not become ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }

        var time = Stopwatch.GetElapsedTime(started).TotalSeconds;
        // The next start is one after a crash, which is the longer kind.
        server.Kill();
        return time;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, string url)
    {
        try
        {
            using var response = await client.GetAsync(url);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Nobody listens yet.
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}

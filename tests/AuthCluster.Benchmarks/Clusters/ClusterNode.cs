using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AuthCluster.Benchmarks.Harness;

namespace AuthCluster.Benchmarks.Clusters;

/// <summary>One node of a cluster on this machine, as the process that a user would start.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private static readonly string MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly Process _process;

    private ClusterNode(Process process, int port)
    {
        _process = process;
        Port = port;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
    }

    public int Port { get; }

    public HttpClient Client { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="program">Path of <c>AuthCluster.OrleansHost.dll</c>.</param>
    /// <param name="settings">Of the storage, and what the run needs; as <c>Section:Key=value</c>.</param>
    public static async Task<ClusterNode[]> StartAsync(string program, int count, int core, IReadOnlyList<string> settings)
    {
        var ports = FreePorts(count * 3);
        var nodes = new ClusterNode[count];
        for (var node = 0; node < count; node++)
        {
            var (http, silo, gateway) = (ports[node * 3], ports[(node * 3) + 1], ports[(node * 3) + 2]);
            List<string> own = [$"Cluster:SiloPort={silo}", $"Cluster:GatewayPort={gateway}", "Cluster:AdvertisedAddress=127.0.0.1", $"Keys:Master={MasterKey}"];
            if (node > 0 && !settings.Any(setting => setting.StartsWith("Cluster:Storage=", StringComparison.Ordinal)))
                own.Add($"Cluster:Primary=127.0.0.1:{ports[1]}");
            // What is measured is the first node: it has a core, and shares it with none of the others.
            nodes[node] = Start(program, http, node == 0 ? core : core + 1, [.. own, .. settings]);
            await nodes[node].WaitUntilReadyAsync();
        }

        return nodes;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ClusterNode Start(string program, int port, int core, IReadOnlyList<string> settings)
    {
        var command = ChildProcess.PinnedTo(core, [
            "dotnet", program, "--urls", $"http://127.0.0.1:{port}", "--Logging:LogLevel:Default=Error",
            .. settings.Select(setting => $"--AuthCluster:{setting}"),
        ]);
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return new ClusterNode(process, port);
    }

    private async Task WaitUntilReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(200);
        }

        throw new InvalidOperationException("A node of the cluster did not become ready; what it had to say is above.");
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}

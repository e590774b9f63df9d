using System.Diagnostics;
using System.Globalization;
using AuthCluster.Contract;

namespace AuthCluster.OrleansHost.Tests.Storages;

/// <summary>Azure Table storage as <c>Azurite/</c> imitates it, on a free port of this machine, with tables of its own.</summary>
internal sealed class AzuriteServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<string>> Shared = new(StartAsync);

    /// <summary>The connection string of the one that all tests of a run share.</summary>
    public static Task<string> SharedAsync() => Shared.Value;

    private static async Task<string> StartAsync()
    {
        var azurite = Path.Combine(ReadmeWalk.RepositoryRoot, "Azurite");
        if (!Directory.Exists(Path.Combine(azurite, "node_modules")))
            await InstallAsync(azurite);
        var data = Directory.CreateTempSubdirectory("authcluster-azurite-").FullName;
        var port = NodeProcess.FreePorts(1)[0].ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("node", [Path.Combine(azurite, "start.mjs"), data, port, "until-stdin-ends"])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        var server = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Kill();
            server.WaitForExit();
            Directory.Delete(data, recursive: true);
        };
        await ReadyAsync(new Uri($"http://127.0.0.1:{port}"), server);
        // The account and the key that Azurite documents as its own.
        return "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
            + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
            + $"TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1";
    }

    private static async Task InstallAsync(string azurite)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = azurite })!;
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException("These tests need Azurite, which npm could not install. Leave out those with Storage=AzureStorage.");
    }

    private static async Task ReadyAsync(Uri address, Process server)
    {
        using var http = new HttpClient();
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(address);
                return;
            }
            catch (HttpRequestException) when (!server.HasExited && waited.Elapsed < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}

using System.Globalization;
using AuthCluster.Contract;
using AuthCluster.OrleansHost.Settings;
using Microsoft.AspNetCore.Builder;

namespace AuthCluster.OrleansHost.Tests.Cluster;

/// <summary>A front door without grains, in the process of the test: the program as it is, a client of one of the silos.</summary>
internal sealed class FrontDoorServer : IRunningServer
{
    private readonly WebApplication _app;

    private FrontDoorServer(WebApplication app) => _app = app;

    public Uri BaseAddress => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <param name="gateway">Which of the silos it calls first.</param>
    public static async Task<FrontDoorServer> StartAsync(TestSilos silos, IReadOnlyDictionary<string, string> settings, int gateway = 0)
    {
        var cluster = silos.Cluster;
        var port = cluster.Silos[gateway % cluster.Silos.Count].GatewayAddress.Endpoint.Port;
        var own = new Dictionary<string, string>
        {
            ["Keys:Master"] = silos.MasterKey,
            ["Cluster:Role"] = nameof(NodeRole.FrontDoor),
            ["Cluster:ClusterId"] = cluster.Options.ClusterId,
            ["Cluster:ServiceId"] = cluster.Options.ServiceId,
            ["Cluster:GatewayPort"] = port.ToString(CultureInfo.InvariantCulture),
        };
        var app = ClusterServer.Build(
            ["--urls", "http://127.0.0.1:0", .. own.Concat(settings).Select(setting => ContractSuite.Argument(setting.Key, setting.Value))]);
        await app.StartAsync();
        return new FrontDoorServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

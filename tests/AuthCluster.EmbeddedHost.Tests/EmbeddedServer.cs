using AuthCluster.Contract;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>How contract suites start this host.</summary>
internal static class EmbeddedServer
{
    public static async Task<IRunningServer> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        await EmbeddedServerProcess.StartAsync(settings);
}

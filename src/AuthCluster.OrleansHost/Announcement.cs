using AuthCluster.OrleansHost.Settings;
namespace AuthCluster.OrleansHost;

/// <summary>What a node prints once it listens.</summary>
internal static partial class Announcement
{
    public static void Print(WebApplication app, NodeOptions cluster, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
            LogWarning(app.Logger, warning);
        foreach (var url in app.Urls)
            Console.WriteLine($"AuthCluster listens on {url}");
        var role = cluster.Role == NodeRole.Silo ? $"a silo (ports {cluster.SiloPort} and {cluster.GatewayPort})" : "a front door without grains";
        Console.WriteLine($"It is {role} of the cluster {cluster.ClusterId}, storage {cluster.Storage}");
        if (cluster.Storage == ClusterStorageKind.Localhost)
            Console.WriteLine("Nothing is stored: accounts are gone when the nodes stop");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}

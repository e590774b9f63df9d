using AuthCluster.EmbeddedHost.Sqlite;

namespace AuthCluster.EmbeddedHost;

/// <summary>What the server says once it serves.</summary>
internal static partial class Announcement
{
    public static void Print(WebApplication app, DataDirectory directory, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
            LogWarning(app.Logger, warning);
        foreach (var url in app.Urls)
            Console.WriteLine($"AuthCluster listens on {url}");
        Console.WriteLine($"Its data is in {directory.Path}");
        Console.WriteLine("Try:");
        Console.WriteLine($"  curl {app.Urls.First()}/api/user/create --json '{{\"email\":\"ada@example.com\",\"password\":\"correct horse battery\"}}'");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}

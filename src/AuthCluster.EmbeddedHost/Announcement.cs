using AuthCluster.EmbeddedHost.Sqlite;

namespace AuthCluster.EmbeddedHost;

/// <summary>What the server prints once it listens.</summary>
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
        const string body = """{"email":"ada@example.com","password":"correct horse battery"}""";
        Console.WriteLine($"  curl {Callable(app.Urls.First())}/api/user/create --json '{body}'");
    }

    /// <summary>"Every address of this machine" can be listened on, but not called.</summary>
    private static string Callable(string url) =>
        url.Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}

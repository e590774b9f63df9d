using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Hosting;

/// <summary>What a server prints once it listens.</summary>
public static partial class Announcement
{
    /// <param name="lines">What this host adds.</param>
    public static void Print(WebApplication app, IEnumerable<string> warnings, IEnumerable<string> lines)
    {
        foreach (var warning in warnings)
            LogWarning(app.Logger, warning);
        foreach (var line in app.Urls.Select(url => $"AuthCluster listens on {url}").Concat(lines))
            Console.WriteLine(line);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}

using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Commands;

/// <summary>What operators do by commands and settings, as entries that administrators can read.</summary>
public static class OperatorLog
{
    /// <summary>A list of settings has no end, an entry has.</summary>
    private const int LongestReason = 2_000;

    /// <summary>Adds an entry of a command.</summary>
    /// <param name="reason">What the command did, in a line.</param>
    public static Task RecordAsync(this IServiceProvider services, string name, string reason) => services.GetRequiredService<IEventLog>().RecordAsync(
        ActivityEntry.OfOperator(
            services.GetRequiredService<TimeProvider>().GetUtcNow(), name, reason.Length <= LongestReason ? reason : $"{reason.AsSpan(0, LongestReason)}…"));

    /// <summary>Adds an entry of a start with the settings that are not the defaults, since they decide how safe this server is.</summary>
    internal static async Task RecordStartAsync(this IServiceProvider services)
    {
        var defaults = EffectiveSettings.Of(new AuthClusterOptions(), "").ToHashSet(StringComparer.Ordinal);
        var changed = EffectiveSettings.Of(services.GetRequiredService<AuthClusterOptions>(), "").Where(line => !defaults.Contains(line)).Select(line => line[1..]);
        try
        {
            await services.RecordAsync(ActivityEvents.ServerStarted, string.Join("; ", changed));
        }
        catch (StateUnavailableException fault)
        {
            // A node that comes back after a failure may be the first that could keep the log.
            services.GetRequiredService<ILogger<IEventLog>>().StartIsNotRecorded(fault.Message);
        }
    }
}

internal static partial class OperatorLogMessages
{
    [LoggerMessage(LogLevel.Warning, "The log of activity could not take the entry of this start: {Reason}")]
    public static partial void StartIsNotRecorded(this ILogger logger, string reason);
}

using AuthCluster.Http.Settings;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Operations;

/// <summary>Deletes what is older than <c>Activity:Retention</c> from the full log. Of several nodes one finds something.</summary>
internal sealed class ActivityRetention(
    IEventLog log, AuthClusterOptions options, TimeProvider time, ILogger<ActivityRetention> logger) : HourlyJob(time, logger)
{
    private readonly TimeProvider _time = time;

    protected override string What => "the deletion of old activity";

    protected override Task RunAsync() => log.PurgeAsync(_time.GetUtcNow() - options.Activity.Retention);
}

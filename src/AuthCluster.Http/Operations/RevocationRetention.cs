using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Operations;

/// <summary>Deletes what is old from the revocation feed. A reader that was away for longer is told that it missed something.</summary>
internal sealed class RevocationRetention(IRevocationFeed feed, TimeProvider time, ILogger<RevocationRetention> logger) : HourlyJob(time, logger)
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private readonly TimeProvider _time = time;

    protected override string What => "the deletion of old revocations";

    protected override Task RunAsync() => feed.PurgeAsync(_time.GetUtcNow() - Retention);
}

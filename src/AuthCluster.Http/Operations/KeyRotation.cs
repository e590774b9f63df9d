using AuthCluster.Keys;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Operations;

/// <summary>Rotates the key ring when its newest key is old enough, and drops expired keys.</summary>
internal sealed class KeyRotation(KeyRing keys, TimeProvider time, ILogger<KeyRotation> logger) : HourlyJob(time, logger)
{
    protected override string What => "the rotation of the signing keys";

    protected override Task RunAsync() => keys.RotateIfDueAsync();
}

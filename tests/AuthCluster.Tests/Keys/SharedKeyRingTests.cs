using AuthCluster.Accounts;
using AuthCluster.Tests.Tokens;
using Xunit;

namespace AuthCluster.Tests.Keys;

/// <summary>Two processes with one stored key ring, as the nodes of a cluster have.</summary>
public sealed class SharedKeyRingTests
{
    [Fact]
    public async Task A_ring_that_another_process_changed_is_not_current_until_it_is_read_anew()
    {
        using var deployment = await Deployment.StartAsync();
        using var other = await deployment.RestartAsync();
        var token = deployment.IssueAccess();
        Assert.True(deployment.Ring.IsCurrent);

        await other.Ring.RotateAsync(retireOld: true);

        Assert.True(other.Ring.IsCurrent);
        Assert.False(deployment.Ring.IsCurrent);
        await deployment.Ring.EnsureCurrentAsync();
        Assert.True(deployment.Ring.IsCurrent);
        Assert.Null(deployment.Reader.Read(token, TokenKind.Access));
        Assert.Equal(other.Ring.Current.Id, deployment.Ring.Current.Id);
    }
}

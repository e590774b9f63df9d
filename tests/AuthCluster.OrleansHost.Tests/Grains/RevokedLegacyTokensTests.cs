using AuthCluster.OrleansHost.Grains;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class RevokedLegacyTokensTests(GrainFixture fixture) : GrainSuite(fixture)
{
    [Fact]
    public async Task A_list_is_kept_however_often_and_in_however_many_parts_it_is_given()
    {
        var revoked = new ClusterRevokedLegacyTokens(Cluster);
        var tokens = Enumerable.Range(0, 600).Select(_ => Guid.NewGuid()).ToList();

        await revoked.AddAsync(tokens[..400]);
        await revoked.AddAsync(tokens[200..]);
        await ForgetAllAsync();

        foreach (var token in tokens)
            Assert.True(await revoked.ContainsAsync(token));
        Assert.False(await revoked.ContainsAsync(Guid.NewGuid()));
    }
}

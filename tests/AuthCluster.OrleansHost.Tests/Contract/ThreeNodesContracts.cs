using AuthCluster.Contract;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Contract;

// What one node answered counts on the others: each request of these goes to the next of three front doors.
public sealed class GuessingOnThreeNodesTests(ThreeFrontDoors servers) : GuessingContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class KeyRotationOnThreeNodesTests(ThreeFrontDoors servers) : KeyRotationContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class LegacyOnThreeNodesTests(ThreeFrontDoors servers) : LegacyContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class LogoutOnThreeNodesTests(ThreeFrontDoors servers) : LogoutContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class PasskeyOnThreeNodesTests(ThreeFrontDoors servers) : PasskeyContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class RaceOnThreeNodesTests(ThreeFrontDoors servers) : RaceContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class SecondFactorLoginOnThreeNodesTests(ThreeFrontDoors servers) : SecondFactorLoginContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class RefreshOnThreeNodesTests(ThreeFrontDoors servers) : RefreshContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class RevocationOnThreeNodesTests(ThreeFrontDoors servers) : RevocationContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class RevocationFeedOnThreeNodesTests(ThreeFrontDoors servers) : RevocationFeedContract(servers), IClassFixture<ThreeFrontDoors>;

public sealed class RevokerOnThreeNodesTests(ThreeFrontDoors servers) : RevokerContract(servers), IClassFixture<ThreeFrontDoors>;

/// <summary>One front door for each silo, in turn.</summary>
public sealed class ThreeFrontDoors : OrleansServers
{
    private protected override async Task<IRunningServer> StartFrontDoorsAsync(TestSilos silos, IReadOnlyDictionary<string, string> settings)
    {
        var frontDoors = new List<IRunningServer>();
        for (var gateway = 0; gateway < TestSilos.Count; gateway++)
            frontDoors.Add(await FrontDoorServer.StartAsync(silos, settings, gateway));
        return await RoundRobinServer.StartAsync(frontDoors);
    }
}

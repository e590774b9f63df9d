using AuthCluster.Contract;
using AuthCluster.OrleansHost.Settings;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Storages;

// The suites that together write every kind of record. The others run on records in memory.
[Trait("Storage", "AzureStorage")]
public sealed class ActivityOnAzuriteTests(AzuriteServers servers) : ActivityContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class AdministrationOnAzuriteTests(AzuriteServers servers) : AdministrationContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class DeleteOnAzuriteTests(AzuriteServers servers) : DeleteContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class DevicesOnAzuriteTests(AzuriteServers servers) : DevicesContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class KeyRotationOnAzuriteTests(AzuriteServers servers) : KeyRotationContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class LoginOnAzuriteTests(AzuriteServers servers) : LoginContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class LogoutOnAzuriteTests(AzuriteServers servers) : LogoutContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class PasswordOnAzuriteTests(AzuriteServers servers) : PasswordContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class ProfileOnAzuriteTests(AzuriteServers servers) : ProfileContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class RaceOnAzuriteTests(AzuriteServers servers) : RaceContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class RefreshOnAzuriteTests(AzuriteServers servers) : RefreshContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class RegistrationOnAzuriteTests(AzuriteServers servers) : RegistrationContract(servers), IClassFixture<AzuriteServers>;

[Trait("Storage", "AzureStorage")]
public sealed class RevocationOnAzuriteTests(AzuriteServers servers) : RevocationContract(servers), IClassFixture<AzuriteServers>;

/// <summary>Three silos and a front door, on one Azurite.</summary>
public sealed class AzuriteServers : OrleansServers
{
    private protected override async Task<IReadOnlyDictionary<string, string>> StorageAsync() => new Dictionary<string, string>
    {
        ["Cluster:Storage"] = nameof(ClusterStorageKind.AzureStorage),
        ["Cluster:ConnectionString"] = await AzuriteServer.SharedAsync(),
    };
}

using AuthCluster.Contract;
using AuthCluster.OrleansHost.Settings;
using AuthCluster.OrleansHost.Storage;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Storages;

// The suites that together write every kind of record. The others run on records in memory.
[Trait("Storage", "PostgreSql")]
public sealed class ActivityOnPostgreSqlTests(PostgreSqlServers servers) : ActivityContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class AdministrationOnPostgreSqlTests(PostgreSqlServers servers) : AdministrationContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class DeleteOnPostgreSqlTests(PostgreSqlServers servers) : DeleteContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class DevicesOnPostgreSqlTests(PostgreSqlServers servers) : DevicesContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class KeyRotationOnPostgreSqlTests(PostgreSqlServers servers) : KeyRotationContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class LoginOnPostgreSqlTests(PostgreSqlServers servers) : LoginContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class LogoutOnPostgreSqlTests(PostgreSqlServers servers) : LogoutContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class PasswordOnPostgreSqlTests(PostgreSqlServers servers) : PasswordContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class ProfileOnPostgreSqlTests(PostgreSqlServers servers) : ProfileContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class RaceOnPostgreSqlTests(PostgreSqlServers servers) : RaceContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class RefreshOnPostgreSqlTests(PostgreSqlServers servers) : RefreshContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class RegistrationOnPostgreSqlTests(PostgreSqlServers servers) : RegistrationContract(servers), IClassFixture<PostgreSqlServers>;

[Trait("Storage", "PostgreSql")]
public sealed class RevocationOnPostgreSqlTests(PostgreSqlServers servers) : RevocationContract(servers), IClassFixture<PostgreSqlServers>;

/// <summary>Three silos and a front door, on a PostgreSQL database that all of them share.</summary>
public sealed class PostgreSqlServers : OrleansServers
{
    private static readonly Lazy<Task<string>> Database = new(CreateDatabaseAsync);

    private protected override async Task<IReadOnlyDictionary<string, string>> StorageAsync() => new Dictionary<string, string>
    {
        ["Cluster:Storage"] = nameof(ClusterStorageKind.PostgreSql),
        ["Cluster:ConnectionString"] = await Database.Value,
    };

    private static async Task<string> CreateDatabaseAsync()
    {
        var server = await PostgreSqlServer.SharedAsync();
        var connectionString = await server.CreateDatabaseAsync();
        await PostgreSqlSchema.CreateAsync(connectionString);
        return connectionString;
    }
}

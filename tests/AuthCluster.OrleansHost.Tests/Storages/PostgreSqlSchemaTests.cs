using AuthCluster.OrleansHost.Storage;
using AuthCluster.OrleansHost.Tests.Cluster;
using Orleans.Storage;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Storages;

[Trait("Storage", "PostgreSql")]
public sealed class PostgreSqlSchemaTests
{
    [Fact]
    public async Task Of_two_first_writes_of_one_record_at_the_same_moment_one_fails()
    {
        var connectionString = await NewDatabaseAsync();
        await PostgreSqlSchema.CreateAsync(connectionString);
        await using var silos = await TestSilos.StartAsync(Settings(connectionString));
        var storage = silos.Storage;

        for (var number = 0; number < 50; number++)
        {
            var grain = GrainId.Create("test", $"grain {number}");
            var writes = Enumerable.Range(0, 4).Select(writer => TryWriteAsync(storage, grain, $"writer {writer}")).ToList();
            Assert.Single(await Task.WhenAll(writes), succeeded => succeeded);
            var read = new GrainState<Record>();
            await storage.ReadStateAsync("test", grain, read);
            Assert.Equal("1", read.ETag);
        }
    }

    [Fact]
    public async Task To_make_the_tables_again_changes_nothing()
    {
        var connectionString = await NewDatabaseAsync();
        await PostgreSqlSchema.CreateAsync(connectionString);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgreSqlSchema.CreateAsync(connectionString)));
        await PostgreSqlSchema.EnsureAsync(connectionString);
    }

    [Fact]
    public async Task A_first_start_makes_the_tables()
    {
        var connectionString = await NewDatabaseAsync();

        await PostgreSqlSchema.EnsureAsync(connectionString);

        await PostgreSqlServer.ExecuteAsync(connectionString, "SELECT * FROM OrleansStorage, OrleansMembershipTable, OrleansQuery");
    }

    [Fact]
    public async Task A_role_that_may_not_make_them_is_told_what_to_do()
    {
        var connectionString = await NewDatabaseAsync();
        var role = $"role{Guid.NewGuid():N}";
        await PostgreSqlServer.ExecuteAsync(connectionString, $"CREATE ROLE {role} LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");

        var refused = await Assert.ThrowsAsync<BadConfigurationException>(
            () => PostgreSqlSchema.EnsureAsync(connectionString.Replace("Username=postgres", $"Username={role}", StringComparison.Ordinal)));

        Assert.Contains("storage create", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_without_the_index_that_keeps_records_single_get_it()
    {
        var connectionString = await NewDatabaseAsync();
        await PostgreSqlSchema.CreateAsync(connectionString);
        await PostgreSqlServer.ExecuteAsync(connectionString, "DROP INDEX OrleansStorage_OneRecordEach");

        await PostgreSqlSchema.EnsureAsync(connectionString);

        await PostgreSqlServer.ExecuteAsync(connectionString, "DROP INDEX OrleansStorage_OneRecordEach");
    }

    private static async Task<string> NewDatabaseAsync() => await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();

    private static Dictionary<string, string> Settings(string connectionString) => new()
    {
        ["Cluster:Storage"] = "PostgreSql",
        ["Cluster:ConnectionString"] = connectionString,
    };

    private static async Task<bool> TryWriteAsync(IGrainStorage storage, GrainId grain, string text)
    {
        try
        {
            await storage.WriteStateAsync("test", grain, new GrainState<Record>(new Record { Text = text }));
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    [GenerateSerializer]
    internal sealed class Record
    {
        [Id(0)]
        public string Text { get; set; } = "";
    }
}

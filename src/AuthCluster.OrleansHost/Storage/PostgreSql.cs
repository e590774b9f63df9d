using AuthCluster.OrleansHost.Settings;
using Npgsql;

namespace AuthCluster.OrleansHost.Storage;

/// <summary>PostgreSQL, with the tables of <see cref="PostgreSqlSchema"/>.</summary>
internal static class PostgreSql
{
    private const string Driver = "Npgsql";

    /// <summary>Seconds. A turn that waits for the store holds up its account, and the lease of its silo has run out by then.</summary>
    private const int CallTime = 5;

    public static void Use(ISiloBuilder silo, NodeOptions options)
    {
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Driver, Limited(options.ConnectionString!)));
        silo.AddPostgreSqlRecords(options.ConnectionString!);
    }

    public static void AddPostgreSqlRecords(this ISiloBuilder silo, string connectionString) =>
        silo.AddAdoNetGrainStorage(GrainStorage.Name, storage =>
        {
            (storage.Invariant, storage.ConnectionString) = (Driver, Limited(connectionString));
            storage.DeleteStateOnClear = true;
        });

    public static void Use(IClientBuilder client, NodeOptions options) =>
        client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Driver, Limited(options.ConnectionString!)));

    /// <summary>The connection string with a time limit for each call where it names none: the driver would wait for half a minute.</summary>
    internal static string Limited(string connectionString)
    {
        var limited = new NpgsqlConnectionStringBuilder(connectionString);
        if (!limited.ContainsKey("Timeout"))
            limited.Timeout = CallTime;
        if (!limited.ContainsKey("Command Timeout"))
            limited.CommandTimeout = CallTime;
        return limited.ConnectionString;
    }
}

using AuthCluster.OrleansHost.Settings;

namespace AuthCluster.OrleansHost.Storage;

/// <summary>PostgreSQL, with the tables of <see cref="PostgreSqlSchema"/>.</summary>
internal static class PostgreSql
{
    private const string Driver = "Npgsql";

    public static void Use(ISiloBuilder silo, NodeOptions options)
    {
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Driver, options.ConnectionString!));
        silo.AddPostgreSqlRecords(options.ConnectionString!);
    }

    public static void AddPostgreSqlRecords(this ISiloBuilder silo, string connectionString) =>
        silo.AddAdoNetGrainStorage(GrainStorage.Name, storage =>
        {
            (storage.Invariant, storage.ConnectionString) = (Driver, connectionString);
            storage.DeleteStateOnClear = true;
        });

    public static void Use(IClientBuilder client, NodeOptions options) =>
        client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Driver, options.ConnectionString!));
}

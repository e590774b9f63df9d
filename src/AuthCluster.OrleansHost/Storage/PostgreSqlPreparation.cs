namespace AuthCluster.OrleansHost.Storage;

/// <summary>Sees to it at the start that the database has what the cluster needs.</summary>
internal sealed class PostgreSqlPreparation(string connectionString) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => PostgreSqlSchema.EnsureAsync(connectionString);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

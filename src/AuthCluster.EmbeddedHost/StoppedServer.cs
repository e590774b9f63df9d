using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;

namespace AuthCluster.EmbeddedHost;

/// <summary>The state of a server that does not run, for commands.</summary>
internal static class StoppedServer
{
    /// <exception cref="BadConfigurationException">The server runs, or its state cannot be opened.</exception>
    public static Task<OpenedState> OpenAsync(string[] args)
    {
        var builder = ServerBuilder.Create(args);
        var options = EmbeddedServer.ReadSettings(builder).Options;
        var directory = DataDirectory.Open(options.DataDirectory);
        Database? database = null;
        try
        {
            var masterKey = FirstMasterKey.ReadOrMake(options.Keys, directory);
            database = Database.Open(directory);
            builder.Services.AddFrontDoor(options, masterKey);
            builder.Services.AddEmbeddedActors(database);
            // Built and never started: it serves nobody.
            var app = builder.Build();
            return Task.FromResult(new OpenedState(app.Services, async () =>
            {
                await app.DisposeAsync();
                database.Dispose();
                directory.Dispose();
            }));
        }
        catch
        {
            database?.Dispose();
            directory.Dispose();
            throw;
        }
    }
}

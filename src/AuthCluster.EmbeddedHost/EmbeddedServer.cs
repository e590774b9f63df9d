using System.Net.Sockets;
using AuthCluster.Emails;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;

namespace AuthCluster.EmbeddedHost;

/// <summary>The server in one process.</summary>
internal static class EmbeddedServer
{
    /// <summary>Runs until it is told to stop. The exit code is 0 then, and 1 where it could not start.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await ServeAsync(args);
            return 0;
        }
        catch (Exception fault) when (fault is BadConfigurationException or StateUnavailableException or IOException
            or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            // What files, addresses and the framework's own settings can be refused with. Whoever starts a server wants to know what
            // to mend, not where in the program it was noticed.
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(string[] args)
    {
        CanonicalEmail.RequireNormalization();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = SettingsReader.Read(builder.Configuration);
        if (settings.Faults.Count > 0)
            throw new BadConfigurationException(settings.Describe());
        var options = settings.Options;
        using var directory = DataDirectory.Open(options.DataDirectory);
        var masterKey = MasterKeyFile.ReadOrMake(options.Keys, directory);
        using var database = Database.Open(directory);
        builder.Services.AddFrontDoor(options, masterKey);
        builder.Services.AddEmbeddedActors(database);
        // The framework logs a start that failed with a stack trace. Whoever started the server reads one line instead.
        var hasStarted = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", _ => hasStarted);
        await using var app = builder.Build();
        app.UseFrontDoor();
        await app.PrepareFrontDoorAsync();
        await ListenAsync(app);
        hasStarted = true;
        Announcement.Print(app, directory, settings.Warnings);
        await app.WaitForShutdownAsync();
    }

    private static async Task ListenAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception refused) when (refused is IOException or SocketException or FormatException or ArgumentException or InvalidOperationException)
        {
            // An address that is taken, not this machine's or none at all; or https without a certificate.
            throw new BadConfigurationException($"The server cannot listen on {string.Join(", ", app.Urls)}: {refused.Message}", refused);
        }
    }
}

using System.Net.Sockets;
using AuthCluster.Emails;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;

namespace AuthCluster.EmbeddedHost;

/// <summary>The server in one process, and the export of what it keeps.</summary>
internal static class EmbeddedServer
{
    /// <summary>Serves until it is told to stop, or exports. The exit code is 0 then, and 1 where that could not be.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            CanonicalEmail.RequireNormalization();
            if (args is ["export", .. var options])
                await ExportAsync(options);
            else
                await ServeAsync(args);
            return 0;
        }
        catch (Exception fault) when (fault is BadConfigurationException or StateUnavailableException or IOException
            or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            // What bad files, addresses and settings of the framework are reported with. Whoever starts a server wants to know what to
            // mend, not where in the program it was noticed.
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static Task ExportAsync(string[] args)
    {
        var builder = Configure(args);
        return ExportCommand.RunAsync(ReadSettings(builder).Options, builder.Configuration["to"]);
    }

    private static WebApplicationBuilder Configure(string[] args) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    private static SettingsResult ReadSettings(WebApplicationBuilder builder)
    {
        var settings = SettingsReader.Read(builder.Configuration);
        return settings.Faults.Count == 0 ? settings : throw new BadConfigurationException(settings.Describe());
    }

    private static async Task ServeAsync(string[] args)
    {
        var builder = Configure(args);
        var settings = ReadSettings(builder);
        var options = settings.Options;
        using var directory = DataDirectory.Open(options.DataDirectory);
        var masterKey = MasterKeyFile.ReadOrMake(options.Keys, directory);
        using var database = Database.Open(directory);
        var isStarting = true;
        // What stops the start is told in one line, by RunAsync; the framework would log it as well, each time with its stack.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => !isStarting && level >= LogLevel.Warning);
        builder.Services.AddFrontDoor(options, masterKey);
        builder.Services.AddEmbeddedActors(database);
        await using var app = builder.Build();
        app.UseFrontDoor();
        await app.Services.PrepareFrontDoorAsync();
        await ListenAsync(app);
        isStarting = false;
        Announcement.Print(app, directory, settings.Warnings);
        await app.WaitForShutdownAsync();
    }

    private static async Task ListenAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception fault) when (fault is IOException or SocketException or FormatException or ArgumentException or InvalidOperationException)
        {
            // A port that is taken or forbidden, an address of another machine or none at all, https without a certificate.
            throw new BadConfigurationException($"Urls: the server cannot listen on {app.Configuration["Urls"]}: {fault.Message}", fault);
        }
    }
}

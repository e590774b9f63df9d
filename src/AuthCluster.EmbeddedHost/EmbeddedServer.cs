using System.Net.Sockets;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Hosting;
using AuthCluster.Http.Settings;

namespace AuthCluster.EmbeddedHost;

/// <summary>The server in one process.</summary>
internal static class EmbeddedServer
{
    /// <summary>Serves until it is told to stop. The exit code is 0 then, and 1 where that could not be.</summary>
    /// <param name="isNew">Whether the server may begin anew where state was lost.</param>
    public static Task<int> RunAsync(string[] settings, bool isNew) => StartUp.RunAsync(() => ServeAsync(settings, isNew));

    /// <exception cref="WrongSettingsException">Settings are wrong; the message lists all faults.</exception>
    public static SettingsResult ReadSettings(WebApplicationBuilder builder)
    {
        var settings = SettingsReader.Read(builder.Configuration);
        return settings.Faults.Count == 0 ? settings : throw new WrongSettingsException(settings.Describe());
    }

    private static async Task<int> ServeAsync(string[] args, bool isNew)
    {
        var builder = ServerBuilder.Create(args);
        var settings = ReadSettings(builder);
        var options = settings.Options;
        using var directory = DataDirectory.Open(options.DataDirectory);
        var masterKey = FirstMasterKey.ReadOrMake(options.Keys, directory);
        var installation = new Installation(directory, options.Keys);
        if (!isNew)
            installation.RequireDatabase();
        using var database = Database.Open(directory);
        var id = await installation.OpenAsync(database, masterKey);
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
        string[] warnings =
        [
            .. settings.Warnings,
            .. UnixSockets.Warnings(app.Configuration, options.Proxies.Trusted),
            .. MasterKeyFile.Warnings(FirstMasterKey.FileOf(options.Keys, directory.Path)),
        ];
        Announcement.Print(app, warnings, [$"Its data is in {directory.Path}; installation {id}", .. FirstCall(app)]);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static string[] FirstCall(WebApplication app)
    {
        // "Every address of this machine" can be listened on, but not called.
        var url = app.Urls.First().Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal);
        return ["Try:", $$"""  curl {{url}}/api/user/create --json '{"email":"ada@example.com","password":"correct horse battery"}'"""];
    }

    private static async Task ListenAsync(WebApplication app)
    {
        UnixSockets.RemoveStale(app.Configuration);
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

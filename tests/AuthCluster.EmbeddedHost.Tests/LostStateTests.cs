using System.Security.Cryptography;
using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>A server whose state was lost or mixed up says so, and does not begin anew without being told to.</summary>
public sealed class LostStateTests : IAsyncLifetime
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest" };
    private EmbeddedServerProcess _server = null!;
    private User _user = null!;

    private string Database => _server.DatabasePath;

    public async Task InitializeAsync()
    {
        _server = await EmbeddedServerProcess.StartAsync(_settings);
        using var http = new HttpClient { BaseAddress = _server.BaseAddress };
        _user = await new ApiClient(http).RegisterAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_database_that_is_gone_or_empty_stops_the_start_until_a_new_one_is_asked_for()
    {
        await _server.StopAsync();
        foreach (var file in Directory.GetFiles(_server.DataDirectory, "authcluster.db*"))
            File.Delete(file);
        AssertStopped(await StartAsync(), "is missing");
        await File.WriteAllBytesAsync(Database, []);
        AssertStopped(await StartAsync(), "is empty");

        File.Delete(Database);
        File.Delete(Path.Combine(_server.DataDirectory, "installation"));
        await _server.RestartAsync();
        using var http = new HttpClient { BaseAddress = _server.BaseAddress };
        (await new ApiClient(http).TryLoginAsync(_user)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_database_that_does_not_fit_the_log_of_a_killed_server_stops_the_start()
    {
        await _server.StopAsync();
        var old = await File.ReadAllBytesAsync(Database);
        await _server.RestartAsync();
        using (var http = new HttpClient { BaseAddress = _server.BaseAddress })
        {
            for (var i = 0; i < 40; i++)
                await new ApiClient(http).RegisterAsync();
        }

        _server.Kill();
        // The pages that the log builds on are not there any more.
        await File.WriteAllBytesAsync(Database, old[..(old.Length / 2 / 4096 * 4096)]);

        AssertStopped(await StartAsync(), Database);
    }

    [Fact]
    public async Task Another_master_key_stops_the_start()
    {
        await _server.StopAsync();
        _settings["Keys:Master"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        AssertStopped(await StartAsync(), "another master key");
    }

    [Fact]
    public async Task The_database_of_another_installation_stops_the_start()
    {
        await _server.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(_server.DataDirectory, "installation"), Guid.NewGuid().ToString());

        AssertStopped(await StartAsync(), "another installation");
    }

    [Fact]
    public async Task A_stopped_server_leaves_everything_in_one_file()
    {
        await _server.StopAsync();
        await _server.RestartAsync();
        using (var http = new HttpClient { BaseAddress = _server.BaseAddress })
            await new ApiClient(http).RegisterAsync();
        await _server.StopAsync();

        var log = new FileInfo(Database + "-wal");
        Assert.Equal(0, log.Exists ? log.Length : 0);
    }

    private static void AssertStopped(StoppedProgram program, string reason)
    {
        Assert.Equal(1, program.ExitCode);
        Assert.Contains(reason, Assert.Single(program.ErrorLines), StringComparison.Ordinal);
    }

    private Task<StoppedProgram> StartAsync() => EmbeddedServerProcess.RunToEndAsync(_settings, _server.DataDirectory);
}

using AuthCluster.Accounts;
using AuthCluster.Contract;
using AuthCluster.Exports;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary><c>export</c>, as the program runs it.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest" };

    private readonly string _directory = Directory.CreateTempSubdirectory("authcluster-").FullName;
    private EmbeddedServerProcess _server = null!;

    private string FilePath => Path.Combine(_directory, "accounts.jsonl");

    public async Task InitializeAsync() => _server = await EmbeddedServerProcess.StartAsync(Settings);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Every_account_is_exported_with_its_sessions_and_activity_and_so_are_the_keys()
    {
        using var http = new HttpClient { BaseAddress = _server.BaseAddress };
        var api = new ApiClient(http);
        var session = await api.SignUpAsync(profile: new { city = "Zürich" });
        await api.RegisterAsync();
        await _server.StopAsync();

        var program = await ExportAsync();

        Assert.Equal((0, ""), (program.ExitCode, program.Error));
        using var file = new StreamReader(FilePath);
        var export = await ExportReader.OpenAsync(file);
        Assert.Single(export.Header.Keys);
        var accounts = await AccountsOf(export);
        Assert.Equal(2, accounts.Count);
        var account = accounts[session.User.Id];
        Assert.Equal(session.User.Email, account.Email);
        Assert.Contains("Zürich", account.Profile.Json, StringComparison.Ordinal);
        Assert.Equal(session.DeviceId, Assert.Single(account.Sessions).Id.ToString());
        Assert.Equal([ActivityEvents.Registered, ActivityEvents.Login], account.Activity.Select(entry => entry.Event));
    }

    [Fact]
    public async Task What_a_running_server_keeps_is_not_exported()
    {
        var program = await ExportAsync();

        AssertRefused(program, _server.DataDirectory);
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_overwritten()
    {
        await _server.StopAsync();
        await File.WriteAllTextAsync(FilePath, "precious");

        AssertRefused(await ExportAsync(), FilePath);
        Assert.Equal("precious", await File.ReadAllTextAsync(FilePath));
    }

    [Fact]
    public async Task A_directory_without_a_database_is_named_and_left_without_one()
    {
        var nothing = Path.Combine(_directory, "nothing");

        AssertRefused(await EmbeddedServerProcess.RunAsync("export", "--to", FilePath, $"--AuthCluster:DataDirectory={nothing}"), nothing);
        Assert.False(Directory.Exists(nothing));
    }

    [Fact]
    public async Task An_export_is_for_the_eyes_of_its_owner()
    {
        await _server.StopAsync();
        await ExportAsync();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    private Task<StoppedProgram> ExportAsync() =>
        EmbeddedServerProcess.RunAsync("export", "--to", FilePath, $"--AuthCluster:DataDirectory={_server.DataDirectory}");

    private static async Task<Dictionary<string, AccountState>> AccountsOf(ExportReader export)
    {
        var accounts = new Dictionary<string, AccountState>(StringComparer.Ordinal);
        await foreach (var account in export.ReadAccountsAsync())
            accounts.Add(account.Id.ToString(), AccountDocument.Read(account.Document));
        return accounts;
    }

    private static void AssertRefused(StoppedProgram program, string named)
    {
        Assert.Equal((1, ""), (program.ExitCode, program.Output));
        Assert.Contains(named, Assert.Single(program.ErrorLines), StringComparison.Ordinal);
    }
}

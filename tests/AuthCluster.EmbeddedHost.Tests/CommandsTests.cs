using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>What an operator does without HTTP: the program's commands, each as a process of its own.</summary>
public sealed class CommandsTests : IDisposable
{
    private const string Email = "root@example.com";
    private const string Password = "lantern orchard kettle 77";

    private readonly string _data = EmbeddedServerProcess.NewDataDirectory();
    private readonly TemporaryDirectory _elsewhere = new();

    public void Dispose()
    {
        _elsewhere.Dispose();
        if (Directory.Exists(_data))
            Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task An_administrator_is_made_with_a_password_from_standard_input_and_logs_in()
    {
        var made = await CreateAdministratorAsync(Email, Password);
        Assert.Equal((0, ""), (made.ExitCode, string.Join('\n', made.ErrorLines.Where(line => !line.Contains("warn", StringComparison.Ordinal)))));
        Assert.StartsWith($"1 administrator made: {Email}", made.Output, StringComparison.Ordinal);

        var taken = await CreateAdministratorAsync(Email.ToUpperInvariant(), Password);
        Assert.Equal(1, taken.ExitCode);
        Assert.Contains("taken", taken.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await CreateAdministratorAsync("other@example.com", "short")).ExitCode);
        Assert.Equal(1, (await CreateAdministratorAsync("other@example.com", "")).ExitCode);
        Assert.Equal(1, (await CreateAdministratorAsync("no address", Password)).ExitCode);

        await using var server = await ServeAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        (await api.GetAsync("/api/admin/users", (await api.LoginAsync(new User("", Email, Password))).Access)).AssertStatus(200);
    }

    [Fact]
    public async Task Commands_that_change_something_wait_for_the_server_to_be_stopped_and_the_others_do_not()
    {
        await using var server = await ServeAsync();

        foreach (var command in new string[][] { ["keys", "rotate"], ["admin", "create", "--email", Email] })
        {
            var refused = await EmbeddedServerProcess.RunWithInputAsync(Password, [.. command, .. Settings]);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("in use by another process", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await RunAsync("doctor")).ExitCode);
        Assert.Equal(0, (await RunAsync("config", "show")).ExitCode);
    }

    [Fact]
    public async Task Administrators_read_what_commands_did_and_by_which_settings_the_server_started()
    {
        await CreateAdministratorAsync(Email, Password);
        var users = Path.Combine(_elsewhere.Path, "users.csv");
        await File.WriteAllTextAsync(users, "id,email\n7,ada@example.com\n");
        Assert.Equal(0, (await RunAsync("users", "import", "--from", users, "--format", "csv")).ExitCode);
        Assert.Equal(0, (await RunAsync("users", "import", "--from", users, "--format", "csv", "--dry-run")).ExitCode);
        Assert.Equal(0, (await RunAsync("keys", "rotate")).ExitCode);
        Assert.Equal(0, (await RunAsync("export", "--to", Path.Combine(_elsewhere.Path, "accounts.jsonl"))).ExitCode);

        await using var server = await ServeAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        var administrator = await api.LoginAsync(new User("", Email, Password));
        var entries = (await api.GetAsync("/api/admin/activity", administrator.Access)).AssertIsList();

        Assert.Equal(
            ["login", "server_started", "accounts_exported", "keys_rotated", "accounts_imported", "imported", "registered"],
            entries.Select(entry => entry.Text("event")));
        Assert.Contains("Passwords:Cost = Lowest", entries[1].Text("reason"), StringComparison.Ordinal);
        Assert.DoesNotContain("Devices:Limit", entries[1].Text("reason"), StringComparison.Ordinal);
        Assert.StartsWith("2 accounts", entries[2].Text("reason"), StringComparison.Ordinal);
        Assert.Equal("csv: 1 rows: 1 imported, 0 known, 0 refused", entries[4].Text("reason"));
    }

    [Fact]
    public async Task Retired_keys_end_every_token()
    {
        Session session;
        await using (var server = await ServeAsync())
        {
            using var http = new HttpClient { BaseAddress = server.BaseAddress };
            session = await new ApiClient(http).SignUpAsync();
            await server.StopAsync();
            var rotated = await RunAsync("keys", "rotate", "--retire-old");
            Assert.StartsWith("1 key made", rotated.Output, StringComparison.Ordinal);
            await server.RestartAsync();
            using var again = new HttpClient { BaseAddress = server.BaseAddress };
            (await new ApiClient(again).GetAsync("/api/user/view", session.Access)).AssertProblem(401, "token_not_valid");
        }
    }

    [Fact]
    public async Task A_backup_of_a_running_server_is_restored_and_what_was_there_is_moved_aside()
    {
        var backup = Path.Combine(_elsewhere.Path, "backup.db");
        await using var server = await ServeAsync();
        User before, after;
        using (var http = new HttpClient { BaseAddress = server.BaseAddress })
        {
            var api = new ApiClient(http);
            before = await api.RegisterAsync();
            Assert.Equal(0, (await RunAsync("backup", "--to", backup)).ExitCode);
            after = await api.RegisterAsync();
        }

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        Assert.Equal(1, (await RunAsync("backup", "--to", backup)).ExitCode);
        Assert.Contains("in use", (await RunAsync("restore", "--from", backup)).Error, StringComparison.Ordinal);
        // Killed, so that its write-ahead log lies there: beside the older database it would be taken for that one's.
        server.Kill();

        Assert.Equal(0, (await RunAsync("restore", "--from", backup)).ExitCode);

        Assert.Contains(Directory.GetFiles(_data), file => file.Contains(".replaced-", StringComparison.Ordinal) && file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Equal(0, (await RunAsync("doctor")).ExitCode);
        await server.RestartAsync();
        using var client = new HttpClient { BaseAddress = server.BaseAddress };
        await new ApiClient(client).LoginAsync(before);
        (await new ApiClient(client).TryLoginAsync(after)).AssertProblem(401, "invalid_credentials");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no database at all, but longer than a header of one would be; no database at all, but longer than that")]
    public async Task What_is_no_backup_replaces_nothing(string content)
    {
        await CreateAdministratorAsync(Email, Password);
        var file = Path.Combine(_elsewhere.Path, "backup.db");
        await File.WriteAllTextAsync(file, content);

        var refused = await RunAsync("restore", "--from", file);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(file, Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("doctor")).ExitCode);
    }

    [Fact]
    public async Task Doctor_finds_a_wrong_key_and_a_damaged_database()
    {
        await RunAsync("keys", "rotate");
        var otherKey = Convert.ToBase64String(Enumerable.Range(7, 32).Select(i => (byte)(i * 37)).ToArray());
        var wrongKey = await RunAsync("doctor", $"--AuthCluster:Keys:Master={otherKey}");
        Assert.Equal(1, wrongKey.ExitCode);
        Assert.Contains("fault: master key", wrongKey.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(_data, "authcluster.db"), new string('x', 4096));
        var damaged = await RunAsync("doctor");
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains("fault: database", damaged.Error, StringComparison.Ordinal);
        Assert.Contains("1 faults", damaged.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_shown_without_their_secrets()
    {
        const string Secret = "a-secret-that-nobody-else-may-read-1234567890";
        var shown = await RunAsync(
            "config", "show", $"--AuthCluster:Services:0:Secret={Secret}", "--AuthCluster:Services:0:Id=shop", "--AuthCluster:Devices:Limit=7");

        Assert.Equal(0, shown.ExitCode);
        Assert.DoesNotContain(Secret, shown.Output + shown.Error, StringComparison.Ordinal);
        Assert.Contains("AuthCluster:Services:0:Secret = (given, not shown)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("AuthCluster:Devices:Limit = 7", shown.Output, StringComparison.Ordinal);
        Assert.Contains("AuthCluster:Tokens:AccessLifetime = 00:10:00", shown.Output, StringComparison.Ordinal);

        Assert.Equal(2, (await RunAsync("config", "show", "--AuthCluster:Devices:Limit=0")).ExitCode);
        Assert.Equal(2, (await RunAsync("keys", "rotate", "--AuthCluster:Devices:Limit=0")).ExitCode);
    }

    private string[] Settings => [$"--AuthCluster:DataDirectory={_data}", "--AuthCluster:Passwords:Cost=Lowest"];

    private Task<StoppedProgram> RunAsync(params string[] command) => EmbeddedServerProcess.RunAsync([.. command, .. Settings]);

    private Task<StoppedProgram> CreateAdministratorAsync(string email, string password) =>
        EmbeddedServerProcess.RunWithInputAsync(password, ["admin", "create", "--email", email, .. Settings]);

    private Task<EmbeddedServerProcess> ServeAsync() => EmbeddedServerProcess.StartAsync(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest" }, _data);
}

using System.Collections.Concurrent;
using AuthCluster.Contract;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>What was acknowledged is there after a crash.</summary>
public sealed class RestartTests(ITestOutputHelper log)
{
    private const int Workers = 8;
    private const string NewPassword = "cobalt window 2219";

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Passwords:Cost"] = "Lowest",
        ["RateLimits:PerAddress"] = "0",
    };

    [Fact]
    public async Task Everything_acknowledged_holds_after_a_kill_under_load()
    {
        var seed = Environment.TickCount;
        log.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await EmbeddedServerProcess.StartAsync(Settings);
        var acknowledged = new ConcurrentQueue<Func<ApiClient, Task>>();
        for (var round = 0; round < 3; round++)
        {
            await KillUnderLoadAsync(server, acknowledged, atCount: acknowledged.Count + random.Next(10, 40));
            await server.RestartAsync();
            using var http = new HttpClient { BaseAddress = server.BaseAddress };
            var api = new ApiClient(http);
            foreach (var check in acknowledged)
                await check(api);
            (await api.GetAsync("/health/ready")).AssertStatus(200);
            log.WriteLine($"round {round}: {acknowledged.Count} facts held, listening again after {server.StartTime.TotalSeconds:F1} s");
        }
    }

    [Fact]
    public async Task Another_program_that_looks_into_the_database_takes_nothing_from_it()
    {
        await using var server = await EmbeddedServerProcess.StartAsync(Settings);
        await SignUpAsync();

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "authcluster.db")};Mode=ReadWrite;Pooling=False"))
        {
            await other.OpenAsync();
            await using var look = other.CreateCommand();
            look.CommandText = "SELECT count(*) FROM accounts";
            Assert.Equal(1L, await look.ExecuteScalarAsync());
        }

        var session = await SignUpAsync();
        server.Kill();
        await server.RestartAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        await new ApiClient(http).AssertLivesAsync(session);

        async Task<Session> SignUpAsync()
        {
            using var client = new HttpClient { BaseAddress = server.BaseAddress };
            return await new ApiClient(client).SignUpAsync();
        }
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_stops_with_one_clear_line()
    {
        // Settings for tests are warned of, which would be a second line.
        var defaults = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var server = await EmbeddedServerProcess.StartAsync(defaults);

        var second = await EmbeddedServerProcess.RunToEndAsync(defaults, server.DataDirectory);

        Assert.NotEqual(0, second.ExitCode);
        Assert.Contains(server.DataDirectory, Assert.Single(second.ErrorLines), StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        await new ApiClient(http).SignUpAsync();
    }

    [Fact]
    public async Task Wrong_settings_stop_the_start_and_every_fault_is_listed()
    {
        var wrong = new Dictionary<string, string>(Settings, StringComparer.Ordinal)
        {
            ["Tokens:AccessLifetime"] = "-00:01:00",
            ["Binding:AccessIp"] = "Sometimes",
            ["Devices:Limit"] = "0",
            ["Passwords:MinimumLength"] = "many",
            ["Tokens:SigningKey"] = "c2hvcnQ=",
        };
        var directory = EmbeddedServerProcess.NewDataDirectory();
        try
        {
            var program = await EmbeddedServerProcess.RunToEndAsync(wrong, directory);

            Assert.NotEqual(0, program.ExitCode);
            Assert.All(wrong.Keys.Except(Settings.Keys), key => Assert.Contains(key, program.Error, StringComparison.Ordinal));
            Assert.DoesNotContain(program.ErrorLines, line => line.StartsWith("at ", StringComparison.Ordinal));
            // The value of a key is a secret also where it is a bad one.
            Assert.DoesNotContain("c2hvcnQ=", program.Error + program.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Lets workers change accounts and kills the server amidst it, once so many acts are acknowledged.</summary>
    private static async Task KillUnderLoadAsync(EmbeddedServerProcess server, ConcurrentQueue<Func<ApiClient, Task>> acknowledged, int atCount)
    {
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var workers = Enumerable.Range(0, Workers).Select(WorkAsync).ToList();
        await Task.WhenAny([reached.Task, .. workers]);
        server.Kill();
        await Task.WhenAll(workers);

        async Task WorkAsync(int worker)
        {
            try
            {
                for (var turn = worker; ; turn++)
                {
                    acknowledged.Enqueue(await ActAsync(api, turn % 4));
                    if (acknowledged.Count >= atCount)
                        reached.TrySetResult();
                }
            }
            catch (HttpRequestException)
            {
                // The server is dead. What was under way was not acknowledged and may have happened or not.
            }
        }
    }

    /// <summary>One account's short life, and what must be true of it ever after.</summary>
    private static async Task<Func<ApiClient, Task>> ActAsync(ApiClient api, int kind)
    {
        var session = await api.SignUpAsync();
        switch (kind)
        {
            case 0:
                return later => later.AssertLivesAsync(session);
            case 1:
                (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);
                return later => later.AssertIsOverAsync(session);
            case 2:
                var refreshed = await api.RefreshAsync(session);
                return later => later.AssertLivesAsync(refreshed);
            default:
                var body = new { current_password = session.User.Password, new_password = NewPassword };
                var changed = Session.Of(session.User, await api.PostAsync("/api/user/password", body, session.Access));
                return later => AssertPasswordChangedAsync(later, session, changed);
        }
    }

    private static async Task AssertPasswordChangedAsync(ApiClient api, Session before, Session after)
    {
        await api.AssertIsOverAsync(before);
        await api.AssertAccessIsGoodAsync(after.Access);
        (await api.TryLoginAsync(before.User.Email, before.User.Password)).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(before.User.Email, NewPassword)).AssertStatus(200);
    }
}

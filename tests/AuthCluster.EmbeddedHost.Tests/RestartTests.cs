using AuthCluster.Contract;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>Another process takes over the data, or must not.</summary>
public sealed class RestartTests
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Passwords:Cost"] = "Lowest",
        ["RateLimits:PerAddress"] = "0",
    };

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
}

using AuthCluster.Contract;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

/// <summary>What was acknowledged is there after a crash, wherever in its work the program was killed.</summary>
public sealed class KillTests(ITestOutputHelper log)
{
    private readonly Oracle _oracle = new();

    [Fact]
    public async Task Everything_acknowledged_holds_after_kills_at_random_moments()
    {
        var seed = Environment.TickCount;
        log.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await EmbeddedServerProcess.StartAsync(CrashSettings.All);
        for (var kill = 1; kill <= (CrashSettings.IsLong ? 200 : 3); kill++)
        {
            await KillUnderLoadAsync(server, async () =>
            {
                // Not on the beat of anything that the server does.
                await Task.Delay(random.Next(5, 250));
                server.Kill();
            });
            await AssertNothingIsLostAsync(server, $"kill {kill}");
        }
    }

    /// <summary>Before a commit is on the disk, and after it is and before anybody was told.</summary>
    [DiskFaultFact]
    public async Task Everything_acknowledged_holds_after_kills_when_the_disk_is_waited_for()
    {
        await using var server = await EmbeddedServerProcess.StartAsync(CrashSettings.All);
        int[] times = CrashSettings.IsLong ? [.. Enumerable.Range(1, 40)] : [1, 4];
        foreach (var time in times)
        {
            await KillUnderLoadAsync(server, async () =>
            {
                using var fault = await DiskFault.CauseAsync(server.ProcessId, DiskFault.Sync, $"signal=KILL:when={time}");
                await server.WaitForExitAsync();
            });
            await AssertNothingIsLostAsync(server, $"sync {time}");
        }
    }

    /// <summary>The write-ahead log is copied into the database when the program ends.</summary>
    [DiskFaultFact]
    public async Task Everything_acknowledged_holds_after_kills_amidst_a_checkpoint()
    {
        await using var server = await EmbeddedServerProcess.StartAsync(CrashSettings.All);
        int[] times = CrashSettings.IsLong ? [.. Enumerable.Range(1, 20)] : [2];
        foreach (var time in times)
        {
            await LoadAsync(server, acts: 20);
            using (await DiskFault.CauseAsync(server.ProcessId, DiskFault.Write, $"signal=KILL:when={time}", server.DatabasePath))
                await server.StopAsync();
            await AssertNothingIsLostAsync(server, $"write {time} of a checkpoint");
        }

        await LoadAsync(server, acts: 20);
        using (await DiskFault.CauseAsync(server.ProcessId, DiskFault.Sync, "signal=KILL:when=1", server.DatabasePath))
            await server.StopAsync();
        await AssertNothingIsLostAsync(server, "end of a checkpoint");
    }

    [DiskFaultFact]
    public async Task A_first_start_that_was_killed_is_made_up_for_by_the_next()
    {
        int[] times = CrashSettings.IsLong ? [.. Enumerable.Range(1, 10)] : [1, 6];
        foreach (var time in times)
        {
            var directory = EmbeddedServerProcess.NewDataDirectory();
            var fault = $"inject={DiskFault.Sync}:signal=KILL:when={time}";
            var killed = await EmbeddedServerProcess.RunToEndAsync(
                CrashSettings.All, directory, launcher: ["strace", "-D", "-f", "-o", "/dev/null", "-e", $"trace={DiskFault.Sync}", "-e", fault]);
            Assert.Equal(137, killed.ExitCode);

            await using var server = await EmbeddedServerProcess.StartAsync(CrashSettings.All, directory);
            using var witness = await Witness.OfAsync(server);
            await witness.Api.AssertAccessIsGoodAsync((await witness.NewAccountAsync()).One.Access);
            AssertIsWhole(server.DatabasePath);
        }
    }

    /// <summary>Lets clients act, and <paramref name="killAsync"/> kill the server, once something was acknowledged.</summary>
    private async Task KillUnderLoadAsync(EmbeddedServerProcess server, Func<Task> killAsync)
    {
        using var witness = await Witness.OfAsync(server);
        var clients = _oracle.LetActAsync(witness, untilCount: int.MaxValue);
        await Task.WhenAny(_oracle.NextAsync(), clients);
        await killAsync();
        await clients;
    }

    private async Task LoadAsync(EmbeddedServerProcess server, int acts)
    {
        using var witness = await Witness.OfAsync(server);
        await _oracle.LetActAsync(witness, _oracle.Count + acts);
    }

    private async Task AssertNothingIsLostAsync(EmbeddedServerProcess server, string what)
    {
        await server.RestartAsync();
        await _oracle.AssertHoldsAsync(server);
        AssertIsWhole(server.DatabasePath);
        log.WriteLine($"{what}: {_oracle.Count} acts held, listening again after {server.StartTime.TotalSeconds:F1} s");
    }

    private static void AssertIsWhole(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
    }
}

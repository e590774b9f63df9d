using AuthCluster.Histories.Checking;
using AuthCluster.Histories.Faults;
using AuthCluster.Histories.Load;
using AuthCluster.Histories.Recording;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.Histories.Tests;

/// <summary>The short form of the long runs, and whether they would find anything.</summary>
public sealed class RunTests(ITestOutputHelper log)
{
    private const int ManyClients = 64;

    // Each starts processes of its own; with fewer clients there are fewer accounts to look after and no fewer races at the shared ones.
    private const int FewClients = 24;

    private const string Revoked = "A token is refused once its revocation was acknowledged";
    private const string Living = "A token that nothing can have revoked is accepted";
    private const string DeviceLimit = "An account has no more device sessions than the limit";

    // Whether a run meets the race that its fault loses is luck, the less of it the slower the machine.
    private const int Runs = 5;

    [Fact]
    public async Task The_embedded_server_keeps_every_rule() =>
        AssertClean(await RunAsync(new LoadOptions { Clients = ManyClients, Validations = 20_000, Revocations = 500 }));

    [Fact]
    public async Task The_embedded_server_keeps_every_rule_across_kills() =>
        AssertClean(await RunAsync(new LoadOptions { Clients = FewClients, Validations = 6_000, Revocations = 300, KillEvery = 2_000 }));

    [Fact]
    public async Task What_is_slow_but_right_is_no_fault() => AssertClean(await RunAsync(
        new LoadOptions { Clients = FewClients, Validations = 2_000, Revocations = 150 }.WithFault(PlantedFaults.ActorPerAct)));

    [Theory]
    [InlineData(PlantedFaults.CachesStandings, Revoked)]
    [InlineData(PlantedFaults.SkipsVersionCheck, Revoked)]
    // What is overwritten may be a log-out, and then what was ended lives, or a login, and then what was begun does not.
    [InlineData(PlantedFaults.SightingOverwrites, Revoked, Living)]
    [InlineData(PlantedFaults.CountsUnlocked, DeviceLimit)]
    public async Task A_planted_fault_is_caught(string fault, params string[] promises)
    {
        var options = new LoadOptions { Clients = FewClients, Validations = 3_000, Revocations = 400, DeviceLimit = 3 };
        await AssertCaughtAsync(options.WithFault(fault), promises);
    }

    [Fact]
    public async Task An_act_acknowledged_before_it_is_saved_is_caught_by_a_kill()
    {
        var options = new LoadOptions { Clients = FewClients, Validations = 3_000, Revocations = 300, KillEvery = 1_000 };
        await AssertCaughtAsync(options.WithFault(PlantedFaults.AcknowledgesBeforeSaving), Revoked);
    }

    private async Task<IReadOnlyList<Rule>> RunAsync(LoadOptions options)
    {
        var path = Path.GetTempFileName();
        try
        {
            // The order in which clients come to pass is another each time; a seed alone brings no run back.
            log.WriteLine($"{await LoadRun.RunAsync(options with { HistoryPath = path })}");
            var rules = Checker.Check(History.Read(path));
            foreach (var rule in rules)
                log.WriteLine($"{rule}\n{string.Join('\n', rule.Examples)}");
            return rules;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void AssertClean(IReadOnlyList<Rule> rules) => Assert.All(rules, rule =>
    {
        Assert.Equal(0, rule.Violations);
        // A rule that was never put to the test was not kept.
        Assert.NotEqual(0, rule.Checked);
    });

    private async Task AssertCaughtAsync(LoadOptions options, params string[] promises)
    {
        for (var run = 1; run <= Runs; run++)
        {
            var rules = await RunAsync(options);
            if (promises.Any(promise => rules.Single(rule => rule.Promise == promise).Violations > 0))
                return;
        }

        Assert.Fail($"{Runs} runs broke none of: {string.Join("; ", promises)}");
    }
}

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
    private const string DeviceLimit = "An account has no more device sessions than the limit";

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
    [InlineData(PlantedFaults.SightingOverwrites, Revoked)]
    [InlineData(PlantedFaults.CountsUnlocked, DeviceLimit)]
    public async Task A_planted_fault_is_caught(string fault, string rule)
    {
        var options = new LoadOptions { Clients = FewClients, Validations = 3_000, Revocations = 400, DeviceLimit = 3 };
        AssertCaught(rule, await RunAsync(options.WithFault(fault)));
    }

    [Fact]
    public async Task An_act_acknowledged_before_it_is_saved_is_caught_by_a_kill()
    {
        var options = new LoadOptions { Clients = FewClients, Validations = 3_000, Revocations = 300, KillEvery = 1_000 };
        AssertCaught(Revoked, await RunAsync(options.WithFault(PlantedFaults.AcknowledgesBeforeSaving)));
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

    private static void AssertCaught(string promise, IReadOnlyList<Rule> rules) =>
        Assert.NotEqual(0, rules.Single(rule => rule.Promise == promise).Violations);
}

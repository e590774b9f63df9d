using AuthCluster.Contract;
using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

/// <summary>On a disk that fails nothing is acknowledged that is not stored, and once it works again memory and store say the same.</summary>
public sealed class DiskFaultTests
{
    [DiskFaultTheory]
    [InlineData(DiskFault.Sync, "EIO")]
    [InlineData(DiskFault.Write, "EIO")]
    [InlineData(DiskFault.Write, "ENOSPC")]
    public async Task While_the_disk_fails_the_state_is_unavailable(string calls, string error)
    {
        await using var server = await EmbeddedServerProcess.StartAsync(CrashSettings.All);
        using var witness = await Witness.OfAsync(server);
        var tries = new List<Try>();
        foreach (var act in Act.All)
            tries.Add(new Try(act, await witness.NewAccountAsync(act)));
        using (await DiskFault.CauseAsync(server.ProcessId, calls, $"error={error}"))
        {
            foreach (var (act, account) in tries)
            {
                (await act.SendAsync(witness, account)).AssertProblem(503, "state_unavailable");
                await AssertNoneIsRefusedAsync(witness, account.Tokens);
            }

            (await witness.Api.GetAsync("/health/ready")).AssertProblem(503, "state_unavailable");
        }

        await BecomeReadyAsync(witness);
        await AssertSameAfterRestartAsync(server, witness, tries);
    }

    /// <summary>It is told neither as done nor as undone: at the next start it may be found on the disk, or not.</summary>
    [DiskFaultFact]
    public async Task A_commit_of_which_nobody_knows_is_not_told_either_way()
    {
        await using var server = await EmbeddedServerProcess.StartAsync(CrashSettings.All);
        using var witness = await Witness.OfAsync(server);
        var (act, account) = (Act.Logout, await witness.NewAccountAsync());
        using (await DiskFault.CauseAsync(server.ProcessId, DiskFault.Sync, "error=EIO"))
        {
            (await act.SendAsync(witness, account)).AssertProblem(503, "state_unavailable");
            (await witness.Api.VerifyAsync(account.One.Access)).AssertProblem(503, "state_unavailable");
            server.Kill();
        }

        await server.RestartAsync();
        using var later = await Witness.OfAsync(server);
        await act.Happened(later, account, null);
    }

    [DiskFaultFact]
    public async Task Whichever_call_of_an_act_fails_it_is_not_acknowledged_or_it_happened()
    {
        await using var server = await EmbeddedServerProcess.StartAsync(CrashSettings.All);
        using var witness = await Witness.OfAsync(server);
        var tries = new List<Try>();
        foreach (var (number, act) in Act.All.Index().Where(act => CrashSettings.IsLong || act.Index % 3 == 0))
        {
            // A commit is a call for each page's header and page, and one to sync.
            int[] times = CrashSettings.IsLong ? [.. Enumerable.Range(1, 14)] : [1 + (number % 9)];
            foreach (var time in times)
            {
                tries.Add(await TryAsync(witness, server, act, DiskFault.Write, $"error=ENOSPC:when={time}"));
                if (CrashSettings.IsLong)
                    tries.Add(await TryAsync(witness, server, act, DiskFault.Write, $"error=EIO:when={time}"));
            }

            tries.Add(await TryAsync(witness, server, act, DiskFault.Sync, "error=EIO:when=1"));
        }

        await AssertSameAfterRestartAsync(server, witness, tries);
    }

    private static async Task<Try> TryAsync(Witness witness, EmbeddedServerProcess server, Act act, string calls, string fault)
    {
        var account = await witness.NewAccountAsync(act);
        Answer answer;
        using (await DiskFault.CauseAsync(server.ProcessId, calls, fault))
            answer = await act.SendAsync(witness, account);
        await BecomeReadyAsync(witness);
        if (answer.Status < 300)
            await act.AssertHappenedAsync(witness, account, answer);
        else
            answer.AssertProblem(503, "state_unavailable");
        return new Try(act, account);
    }

    /// <summary>The server finds out by itself that the disk works again.</summary>
    private static async Task BecomeReadyAsync(Witness witness)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        // The answer of before the fault is remembered for a second.
        await Task.Delay(TimeSpan.FromMilliseconds(1100));
        while ((await witness.Api.GetAsync("/health/ready")).Status != 200)
            await Task.Delay(50, patience.Token);
    }

    private static async Task AssertSameAfterRestartAsync(EmbeddedServerProcess server, Witness witness, List<Try> tries)
    {
        var before = await ObserveAsync(witness, tries);
        server.Kill();
        await server.RestartAsync();
        using var later = await Witness.OfAsync(server);
        Assert.Equal(before, await ObserveAsync(later, tries));
    }

    private static async Task<List<(string Act, bool Happened)>> ObserveAsync(Witness witness, List<Try> tries)
    {
        var seen = new List<(string, bool)>();
        foreach (var (act, account) in tries)
            seen.Add((act.Name, await act.Happened(witness, account, null)));
        return seen;
    }

    /// <summary>What is not known is neither valid nor invalid.</summary>
    private static async Task AssertNoneIsRefusedAsync(Witness witness, IEnumerable<string> tokens)
    {
        foreach (var token in tokens)
        {
            var answer = await witness.Api.VerifyAsync(token);
            if (answer.Status != 200)
                answer.AssertProblem(503, "state_unavailable");
        }
    }

    private sealed record Try(Act Act, SampleAccount Account);
}

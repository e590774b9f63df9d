using AuthCluster.Accounts;
using AuthCluster.OrleansHost.EventLog;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class OutboxTests
{
    [Fact]
    public void Past_its_bound_the_oldest_entries_are_lost_to_the_log()
    {
        var outbox = Outbox.Empty;
        for (var number = 1; number <= 300; number++)
            outbox = outbox.With([Logged(number)]);

        Assert.Equal(Enumerable.Range(45, 256).Select(number => (long)number), outbox.Entries.Select(entry => entry.Number));
    }

    [Fact]
    public void An_effect_that_nothing_carries_out_is_an_error_before_anything_is_stored() =>
        Assert.Throws<NotSupportedException>(() => Outbox.Empty.With([Logged(1), new UnknownEffect()]));

    private static Logged Logged(long number) => new(new ActivityEntry
    {
        Number = number,
        Time = DateTimeOffset.UnixEpoch,
        Event = ActivityEvents.Login,
        Succeeded = true,
    });

    private sealed record UnknownEffect : Effect;
}

using AuthCluster.Histories.Checking;
using AuthCluster.Histories.Recording;
using Xunit;

namespace AuthCluster.Histories.Tests;

public sealed class RecordingTests
{
    [Fact]
    public void A_line_is_read_as_it_was_written()
    {
        var pair = new IssuedPair(Guid.NewGuid(), Guid.NewGuid(), 600, Guid.NewGuid(), 2_592_000);
        var full = new Operation
        {
            Kind = OperationKind.ChangePassword,
            Client = 63,
            Node = 2,
            User = 264,
            Token = Guid.NewGuid(),
            Start = long.MaxValue - 1,
            End = long.MaxValue,
            Status = 200,
            Number = 41,
            NewPassword = 42,
            Target = Guid.NewGuid(),
            Issued = pair,
        };
        Assert.Equal(full, RoundTrip(full));
        var bare = new Operation { Kind = OperationKind.Login };
        Assert.Equal(bare, RoundTrip(bare));
    }

    [Fact]
    public void Settings_are_read_as_they_were_written()
    {
        var settings = new HistorySettings(7, TimeSpan.FromMilliseconds(1500));
        Assert.Equal(settings, HistorySettings.Read(settings.ToString()));
    }

    [Fact]
    public void What_is_no_history_is_refused()
    {
        Assert.Throws<FormatException>(() => HistorySettings.Read("something else"));
        Assert.Throws<FormatException>(() => HistoryLine.Read("1 2 3"));
    }

    [Fact]
    public void A_timeline_answers_as_a_search_through_all_its_acts_would()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var acts = Enumerable.Range(0, random.Next(12))
                .Select(_ => (Start: random.NextInt64(20), Length: random.NextInt64(10), Spares: random.Next(-1, 3))).ToList();
            var timeline = new ActTimeline();
            foreach (var (start, length, spares) in acts)
                timeline.Add(start, start + length, spares);
            for (var question = 0; question < 20; question++)
            {
                var (since, until, subject) = (random.NextInt64(20), random.NextInt64(25), random.Next(-1, 3));
                var touching = acts.Where(act => subject == ActTimeline.Nobody || act.Spares != subject).ToList();
                var ends = touching.Where(act => act.Start >= since).Select(act => act.Start + act.Length).ToList();
                Assert.Equal(ends.Count > 0 ? ends.Min() : Operation.Never, timeline.EarliestEndFrom(since, subject));
                Assert.Equal(
                    touching.Any(act => act.Start < until && act.Start + act.Length > since), timeline.MayFallInto(since, until, subject));
            }
        }
    }

    private static Operation RoundTrip(Operation operation)
    {
        var line = new char[HistoryLine.MaxLength];
        var length = HistoryLine.Write(line, operation);
        return HistoryLine.Read(line.AsSpan(0, length).TrimEnd('\n'));
    }
}

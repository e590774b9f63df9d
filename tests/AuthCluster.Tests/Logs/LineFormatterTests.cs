using AuthCluster.Http.Logs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Logs;

public sealed class LineFormatterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero));

    [Fact]
    public void An_entry_is_one_line_with_its_time_and_a_bug_has_its_stack()
    {
        var written = Write(Formatter(), "AuthCluster.Http", "Two\nlines", Thrown());
        Assert.StartsWith("2026-03-01T12:00:00.250Z fail: AuthCluster.Http Two lines System.InvalidOperationException: A bug.", written, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), written, StringComparison.Ordinal);
        Assert.Single(written.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Of_the_machinery_of_a_cluster_few_kinds_of_notes_a_minute_are_told_without_a_stack()
    {
        var formatter = Formatter();
        var written = Enumerable.Range(0, 1000).Select(i => Write(formatter, "Orleans.Runtime.Messaging", $"Note {i}", Thrown(), i % 10)).ToList();
        Assert.Equal(3, written.Count(line => line.Length > 0));
        Assert.Equal("2026-03-01T12:00:00.250Z fail: Orleans.Runtime.Messaging Note 0 A bug.", written[0].TrimEnd());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("(997 notes like this were left out before)", Write(formatter, "Polly", "Note", Thrown()), StringComparison.Ordinal);
        Assert.DoesNotContain("left out", Write(formatter, "Azure.Core", "Note", Thrown()), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_names_a_level_for_it_gets_all_of_it()
    {
        var formatter = Formatter(("Logging:LogLevel:Orleans.Runtime", "Debug"));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Contains(nameof(Thrown), Write(formatter, "Orleans.Runtime", "Note", Thrown()), StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_begins_like_the_machinery_is_told() =>
        Assert.All(Enumerable.Range(0, 100), _ => Assert.NotEmpty(Write(Formatter(), "OrleansLike", "Note", exception: null)));

    private LineFormatter Formatter(params (string Key, string Value)[] settings) => new(
        _time, new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());

    private static string Write(LineFormatter formatter, string category, string message, Exception? exception, int eventId = 0)
    {
        using var writer = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Error, category, new EventId(eventId), message, exception, (state, _) => state);
        formatter.Write(entry, scopeProvider: null, writer);
        return writer.ToString();
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("A bug.");
        }
        catch (InvalidOperationException bug)
        {
            return bug;
        }
    }
}

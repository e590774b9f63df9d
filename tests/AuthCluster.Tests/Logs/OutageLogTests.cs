using AuthCluster.Http.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Logs;

public sealed class OutageLogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Lines _lines = new();
    private readonly OutageLog _log;

    public OutageLogTests() => _log = new OutageLog(_time, _lines);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void An_outage_is_told_when_it_begins_each_minute_and_when_it_is_over()
    {
        for (var second = 0; second < 90; second++)
        {
            _log.Add(new StateUnavailableException("The database could not be read.", new IOException("No space left.")));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(
            [
                "State is out of reach; requests that need it are answered with 503. The database could not be read. No space left.",
                "State is out of reach since 12:00:00: 60 requests were answered with 503 in the last minute. The database could not be read. No space left.",
                "State is out of reach since 12:00:00: 30 requests were answered with 503 in the last minute. The database could not be read. No space left.",
                "State is in reach again: from 12:00:00 to 12:01:29 90 requests were answered with 503",
            ],
            _lines);
    }

    [Fact]
    public void The_next_outage_is_another_one()
    {
        _log.Add(new StateUnavailableException("First."));
        _time.Advance(TimeSpan.FromMinutes(2));
        _lines.Clear();

        _log.Add(new StateUnavailableException("Second."));
        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains("Second.", _lines[0], StringComparison.Ordinal);
        Assert.Contains(" 1 requests", _lines[^1], StringComparison.Ordinal);
    }

    private sealed class Lines : List<string>, ILogger<OutageLog>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(formatter(state, exception));
    }
}

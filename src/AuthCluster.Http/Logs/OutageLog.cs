using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Logs;

/// <summary>State out of reach, as an operator needs it: since when and why, once a minute how many requests it cost, and when it was over.</summary>
internal sealed partial class OutageLog(TimeProvider time, ILogger<OutageLog> logger) : IDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private DateTimeOffset _since;
    private DateTimeOffset _last;
    private int _inRound;
    private int _inAll;
    private string _cause = "";

    /// <summary>A request was refused for it.</summary>
    public void Add(StateUnavailableException unavailable)
    {
        lock (_lock)
        {
            _last = time.GetUtcNow();
            _inRound++;
            _inAll++;
            _cause = unavailable.InnerException is null ? unavailable.Message : $"{unavailable.Message} {unavailable.GetBaseException().Message}";
            if (_timer is not null)
                return;
            _since = _last;
            _timer = time.CreateTimer(_ => EndRound(), state: null, Round, Round);
            LogBegun(_cause);
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _timer?.Dispose();
    }

    private void EndRound()
    {
        lock (_lock)
        {
            if (_inRound > 0)
            {
                LogGoingOn(_since, _inRound, _cause);
                _inRound = 0;
                return;
            }

            LogOver(_since, _last, _inAll);
            _inAll = 0;
            _timer?.Dispose();
            _timer = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "State is out of reach; requests that need it are answered with 503. {Cause}")]
    private partial void LogBegun(string cause);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "State is out of reach since {Since:HH:mm:ss}: {Count} requests were answered with 503 in the last minute. {Cause}")]
    private partial void LogGoingOn(DateTimeOffset since, int count, string cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "State is in reach again: from {Since:HH:mm:ss} to {Last:HH:mm:ss} {Count} requests were answered with 503")]
    private partial void LogOver(DateTimeOffset since, DateTimeOffset last, int count);
}

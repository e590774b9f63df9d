using System.Collections.Concurrent;
using System.Net;

namespace AuthCluster.OrleansHost;

/// <summary>Which nodes are away, since when, and back since when: a line each, on every other node.</summary>
internal sealed partial class MembershipLog(ISiloStatusOracle members, ILocalSiloDetails self, TimeProvider time, ILogger<MembershipLog> logger)
    : IHostedService, ISiloStatusListener
{
    private readonly ConcurrentDictionary<SiloAddress, bool> _there = new();
    private readonly ConcurrentDictionary<IPEndPoint, DateTimeOffset> _away = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        members.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        members.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (updatedSilo.Equals(self.SiloAddress))
            return;
        switch (status)
        {
            case SiloStatus.Active:
                _there[updatedSilo] = true;
                Arrived(updatedSilo.Endpoint);
                break;
            case SiloStatus.ShuttingDown when _away.TryAdd(updatedSilo.Endpoint, time.GetUtcNow()):
                LogLeaves(updatedSilo.Endpoint);
                break;
            // The storage remembers earlier lives of nodes, too, which are no news.
            case SiloStatus.Dead when _there.TryRemove(updatedSilo, out _) && _away.TryAdd(updatedSilo.Endpoint, time.GetUtcNow()):
                LogAway(updatedSilo.Endpoint);
                break;
        }
    }

    private void Arrived(IPEndPoint node)
    {
        if (_away.TryRemove(node, out var since))
            LogBack(node, since);
        else
            LogJoined(node);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The node {Node} has joined")]
    private partial void LogJoined(IPEndPoint node);

    [LoggerMessage(Level = LogLevel.Information, Message = "The node {Node} leaves in good order")]
    private partial void LogLeaves(IPEndPoint node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The node {Node} is away; the others take its accounts over, each when it is next asked for")]
    private partial void LogAway(IPEndPoint node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The node {Node} is back; it was away since {Since:HH:mm:ss}")]
    private partial void LogBack(IPEndPoint node, DateTimeOffset since);
}

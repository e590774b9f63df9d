using AuthCluster.Client.Checks;

namespace AuthCluster.Client.Feed;

/// <summary>
/// Turns times of the server into moments of this machine, never later than they were: the first time that a stream tells is taken for the moment in which
/// the stream was asked for. So a difference of clocks makes what is known look older, never younger.
/// </summary>
internal sealed class ServerClock(LocalMoment asked)
{
    private DateTimeOffset? _first;

    /// <param name="sent">When the server sent the event.</param>
    public LocalMoment Local(DateTimeOffset serverTime, DateTimeOffset sent, LocalMoment received)
    {
        _first ??= sent;
        var local = asked.Plus(serverTime - _first.Value);
        // The server's clock may have been set forward meanwhile.
        return local.Monotonic > received.Monotonic ? received : local;
    }
}

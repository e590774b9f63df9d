namespace AuthCluster.Http.Commands;

/// <summary>The services of a host that does not serve, for commands that act on its state; and what to close afterwards.</summary>
public sealed record OpenedState(IServiceProvider Services, Func<ValueTask> CloseAsync) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => CloseAsync();
}

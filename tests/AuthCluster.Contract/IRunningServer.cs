namespace AuthCluster.Contract;

/// <summary>A server that answers over HTTP. Disposing stops it and removes what it stored.</summary>
public interface IRunningServer : IAsyncDisposable
{
    Uri BaseAddress { get; }
}

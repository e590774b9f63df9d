using System.Collections.Concurrent;

namespace AuthCluster.Contract;

/// <summary>The way from a service to the server. It counts calls, and may be cut.</summary>
public sealed class ServerLink() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<HttpResponseMessage> _streams = [];

    public bool IsCut { get; private set; }

    public bool IsFeedCut { get; private set; }

    /// <summary>How often this path was called.</summary>
    public int Calls(string path) => _calls.GetValueOrDefault(path);

    /// <summary>Nothing gets through, and streams break.</summary>
    public void Cut()
    {
        IsCut = true;
        CutFeed();
    }

    /// <summary>The same for the feed alone.</summary>
    public void CutFeed()
    {
        IsFeedCut = true;
        while (_streams.TryTake(out var stream))
            stream.Dispose();
    }

    public void Restore() => (IsCut, IsFeedCut) = (false, false);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        _calls.AddOrUpdate(path, 1, (_, count) => count + 1);
        var isFeed = path == FeedReader.Path;
        if (IsCut || (isFeed && IsFeedCut))
            throw new HttpRequestException("The link is cut by the test.");
        var response = await base.SendAsync(request, cancellationToken);
        if (!isFeed)
            return response;
        _streams.Add(response);
        // It may have been cut meanwhile.
        if (IsFeedCut)
            CutFeed();
        return response;
    }
}

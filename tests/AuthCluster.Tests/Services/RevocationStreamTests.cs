using System.Collections.Concurrent;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Http.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Services;

public sealed class RevocationStreamTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Feed _feed = new();
    private readonly Lifetime _lifetime = new();
    private readonly RevocationStream _streams;

    public RevocationStreamTests() => _streams = new RevocationStream(_feed, _lifetime, _time);

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task A_subscriber_that_does_not_read_is_cut_off()
    {
        using var request = new Request(new StuckStream());
        var serving = _streams.TryServeAsync(request.Http, lastEventId: null);
        await request.Body.Reached.Task.WaitAsync(Patience);
        Assert.False(request.IsAborted);

        _time.Advance(RevocationStream.WritePatience);

        Assert.True(await serving.WaitAsync(Patience));
        Assert.True(request.IsAborted);
        // Nothing was read for it that it could not be told.
        Assert.Equal(1, _feed.Reads);
    }

    [Fact]
    public async Task A_stream_ends_when_the_server_stops()
    {
        using var request = new Request(new WrittenStream());
        var serving = _streams.TryServeAsync(request.Http, lastEventId: null);
        await request.Body.Reached.Task.WaitAsync(Patience);

        _lifetime.StopApplication();

        Assert.True(await serving.WaitAsync(Patience));
        Assert.False(request.IsAborted);
    }

    [Fact]
    public async Task A_heartbeat_is_sent_only_with_what_is_complete()
    {
        using var request = new Request(new WrittenStream());
        _feed.Pages.Enqueue(new FeedPage([Told("1")], "1", CompleteTo: null));
        _feed.Pages.Enqueue(new FeedPage([Told("2")], "2", _time.GetUtcNow()));
        var serving = _streams.TryServeAsync(request.Http, "0");
        await _feed.Waits.Task.WaitAsync(Patience);

        _lifetime.StopApplication();
        await serving.WaitAsync(Patience);

        var names = Encoding.UTF8.GetString(((WrittenStream)request.Body).Written.ToArray()).Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal));
        Assert.Equal(["event: revoked", "event: revoked", "event: heartbeat"], names);
    }

    [Fact]
    public async Task Past_the_bound_a_stream_is_refused_until_another_one_ends()
    {
        var requests = Enumerable.Range(0, RevocationStream.Limit).Select(_ => new Request(new WrittenStream())).ToList();
        var serving = requests.ConvertAll(request => _streams.TryServeAsync(request.Http, lastEventId: null));
        using var late = new Request(new WrittenStream());

        Assert.False(await _streams.TryServeAsync(late.Http, lastEventId: null));

        requests[0].Abort();
        await serving[0].WaitAsync(Patience);
        var again = _streams.TryServeAsync(late.Http, lastEventId: null);
        await late.Body.Reached.Task.WaitAsync(Patience);
        _lifetime.StopApplication();
        Assert.True(await again.WaitAsync(Patience));
        await Task.WhenAll(serving).WaitAsync(Patience);
        requests.ForEach(request => request.Dispose());
    }

    private static FeedEvent Told(string position) =>
        new(position, new RevocationNotice(Guid.NewGuid(), new Revocation(RevocationScope.User, "test", DateTimeOffset.UnixEpoch)));

    /// <summary>Pages in turn; then nothing more comes.</summary>
    private sealed class Feed : IRevocationFeed
    {
        public ConcurrentQueue<FeedPage> Pages { get; } = new();

        public TaskCompletionSource Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Reads { get; private set; }

        public async Task<FeedPage> ReadAsync(string? after, TimeSpan patience, CancellationToken cancellation)
        {
            Reads++;
            if (after is null)
                return new FeedPage([], "0", DateTimeOffset.UnixEpoch);
            if (Pages.TryDequeue(out var page))
                return page;
            Waits.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("Nothing ends this but a cancellation.");
        }

        public Task PurgeAsync(DateTimeOffset before) => Task.CompletedTask;
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }

    private sealed class Request : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public Request(BodyStream body)
        {
            Body = body;
            Http.Response.Body = body;
            Http.Features.Set<IHttpRequestLifetimeFeature>(this);
            RequestAborted = _aborted.Token;
        }

        public DefaultHttpContext Http { get; } = new();

        public BodyStream Body { get; }

        public bool IsAborted => _aborted.IsCancellationRequested;

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }

    private abstract class BodyStream : MemoryStream
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class StuckStream : BodyStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    private sealed class WrittenStream : BodyStream
    {
        public ConcurrentQueue<byte> Written { get; } = new();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            foreach (var octet in buffer.Span)
                Written.Enqueue(octet);
            Reached.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthCluster.Http.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AuthCluster.Http.Services;

/// <summary>Writes the revocation feed as server-sent events. The number of streams is bounded, and what waits for a subscriber that reads slowly.</summary>
internal sealed class RevocationStream(IRevocationFeed feed, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const string ContentType = "text/event-stream";
    public const int Limit = 1000;

    /// <summary>How long a subscriber may take for a portion. One that takes longer is cut off; it goes on from its last event when it is back.</summary>
    public static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMilliseconds(500);

    private int _open;

    /// <summary>Serves one subscriber until it goes or the server stops. False, and nothing was written, where there are too many.</summary>
    /// <param name="lastEventId">The last event that the subscriber has; <c>null</c> for what happens from now on.</param>
    public async Task<bool> TryServeAsync(HttpContext http, string? lastEventId)
    {
        if (Interlocked.Increment(ref _open) > Limit)
        {
            Interlocked.Decrement(ref _open);
            return false;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await ServeAsync(http, lastEventId, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The subscriber reconnects, here or at another node.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }

        return true;
    }

    private async Task ServeAsync(HttpContext http, string? lastEventId, CancellationToken end)
    {
        var page = await feed.ReadAsync(lastEventId, TimeSpan.Zero, end);
        http.Response.ContentType = ContentType;
        // nginx would hold events back until its buffer is full.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        long? lastHeartbeat = null;
        while (true)
        {
            WritePage(http.Response.BodyWriter, page);
            if (page.CompleteTo is { } complete && (page.Events.Count == 0 || IsHeartbeatDue(lastHeartbeat)))
            {
                Write(http.Response.BodyWriter, "heartbeat", page.Position, new HeartbeatAnswer(complete, time.GetUtcNow()), AnswerJson.Default.HeartbeatAnswer);
                lastHeartbeat = time.GetTimestamp();
            }

            if (!await TryFlushAsync(http, end))
                return;
            page = await feed.ReadAsync(page.Position, HeartbeatInterval, end);
        }
    }

    private bool IsHeartbeatDue(long? last) => last is not { } sent || time.GetElapsedTime(sent) >= HeartbeatInterval;

    private void WritePage(IBufferWriter<byte> output, FeedPage page)
    {
        if (page.IsGap)
            Write(output, "resync", page.Position, new ResyncAnswer(time.GetUtcNow()), AnswerJson.Default.ResyncAnswer);
        foreach (var told in page.Events)
            Write(output, "revoked", told.Position, RevokedAnswer.Of(told.Notice), AnswerJson.Default.RevokedAnswer);
    }

    private static void Write<T>(IBufferWriter<byte> output, string name, string position, T data, JsonTypeInfo<T> type) =>
        Encoding.UTF8.GetBytes($"id: {position}\nevent: {name}\ndata: {JsonSerializer.Serialize(data, type)}\n\n", output);

    private async Task<bool> TryFlushAsync(HttpContext http, CancellationToken end)
    {
        try
        {
            await http.Response.BodyWriter.FlushAsync(CancellationToken.None).AsTask().WaitAsync(WritePatience, time, end);
            return true;
        }
        catch (TimeoutException)
        {
            http.Abort();
            return false;
        }
    }
}

using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using AuthCluster.Client.Checks;
using AuthCluster.Client.Server;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Client.Feed;

/// <summary>Listens to the revocation feed, and goes on from the last event where the connection breaks.</summary>
internal sealed partial class FeedListener(
    ServerCalls server, KnownRevocations revocations, ClientMetrics metrics, TimeProvider time, ILogger<FeedListener> logger) : BackgroundService
{
    /// <summary>The server says something twice a second. One that is silent for so long is not there.</summary>
    private static readonly TimeSpan SilenceTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private string? _lastEventId;
    private DateTimeOffset? _lostSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = ShortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var before = _lastEventId;
            try
            {
                await ListenAsync(stoppingToken);
                NoteLoss("the stream ended");
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested
                && fault is HttpRequestException or IOException or OperationCanceledException or JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
            {
                NoteLoss(fault.Message);
            }

            pause = before != _lastEventId ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            // Not all services at the same moment.
            await Task.Delay(pause * (0.75 + (Random.Shared.NextDouble() / 2)), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        // The stream begins after this moment: what it says of the server's clock is of later.
        var asked = revocations.Now();
        using var response = await server.OpenFeedAsync(_lastEventId, stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            LogRefused();
        response.EnsureSuccessStatusCode();
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var alarm = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), silence, SilenceTime, Timeout.InfiniteTimeSpan);
        await using var stream = await response.Content.ReadAsStreamAsync(silence.Token);
        var clock = new ServerClock(asked);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(silence.Token))
        {
            alarm.Change(SilenceTime, Timeout.InfiniteTimeSpan);
            Take(item, clock);
            _lastEventId = item.EventId ?? _lastEventId;
        }
    }

    private void Take(SseItem<string> item, ServerClock clock)
    {
        using var document = JsonDocument.Parse(item.Data);
        var data = document.RootElement;
        var serverTime = data.GetProperty("time").GetDateTimeOffset();
        switch (item.EventType)
        {
            case "heartbeat":
                if (_lastEventId is null)
                    revocations.Begin(serverTime);
                revocations.Complete(clock.Local(data.GetProperty("complete_to").GetDateTimeOffset(), serverTime, revocations.Now()));
                NoteReturn();
                break;
            case "resync":
                LogResync();
                revocations.Begin(serverTime);
                break;
            case "revoked":
                metrics.Revoked();
                if (DeadOf(data) is { } dead)
                    revocations.Add(dead, serverTime);
                break;
        }
    }

    /// <summary>What the dead access tokens have in common; <c>null</c> where only refresh tokens died.</summary>
    private static string? DeadOf(JsonElement data) => data.GetProperty("scope").GetString() switch
    {
        "session" => data.GetProperty("sid").GetString(),
        "access" or "user" => data.GetProperty("uuid").GetString(),
        "key" => data.GetProperty("kid").GetString(),
        "refresh" => null,
        var other => throw new FormatException($"The server revokes by {other}, which this version does not know."),
    };

    private void NoteLoss(string cause)
    {
        if (_lostSince is not null)
            return;
        _lostSince = time.GetUtcNow();
        LogLost(cause);
    }

    private void NoteReturn()
    {
        if (_lostSince is not { } since)
            return;
        _lostSince = null;
        LogBack(since);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The revocation feed is lost, and opened again: {Cause}. Until then the server is asked about each token")]
    private partial void LogLost(string cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "The revocation feed is back; it was lost since {Since:HH:mm:ss}")]
    private partial void LogBack(DateTimeOffset since);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server does not know what this service missed of the revocation feed: it is asked once about each token of before")]
    private partial void LogResync();

    [LoggerMessage(Level = LogLevel.Error, Message = "The server refuses ClientId and ClientSecret: no revocation is known, and no token can be asked about")]
    private partial void LogRefused();
}

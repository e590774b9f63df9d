using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>A service that listens to the revocation feed.</summary>
public sealed class FeedReader : IAsyncDisposable
{
    public const string Path = "/api/revocations";
    public const string Id = "listener";
    public const string Secret = "a secret of more than 32 characters, made for the feed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private FeedReader(HttpClient http, HttpResponseMessage response, Stream stream)
    {
        (_http, _response) = (http, response);
        _events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
    }

    public static string[] Settings { get; } = [$"Services:0:Id={Id}", $"Services:0:Secret={Secret}"];

    public static AuthenticationHeaderValue Credentials => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Id}:{Secret}")));

    public HttpResponseMessage Response => _response;

    /// <summary>Begins to listen. What happens from now on is told.</summary>
    public static Task<FeedReader> OpenAsync(ApiClient api) => OpenAsync(api.BaseAddress);

    public static async Task<FeedReader> OpenAsync(Uri server, string? lastEventId = null)
    {
        var http = new HttpClient { BaseAddress = server };
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Authorization = Credentials;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new FeedReader(http, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, whatever it is; <c>null</c> where the stream has ended.</summary>
    public async Task<FeedItem?> TryNextAsync()
    {
        if (!await _events.MoveNextAsync().AsTask().WaitAsync(Patience))
            return null;
        var (item, data) = (_events.Current, JsonElement.Parse(_events.Current.Data));
        return new FeedItem(item.EventId!, item.EventType, data);
    }

    public async Task<FeedItem> NextAsync()
    {
        var next = await TryNextAsync();
        Assert.NotNull(next);
        return next;
    }

    /// <summary>Every event until the stream says that it is complete up to now, in its order; heartbeats are left out.</summary>
    public async Task<IReadOnlyList<FeedItem>> ReadToNowAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var read = new List<FeedItem>();
        while (true)
        {
            var next = await NextAsync();
            if (!next.IsHeartbeat)
                read.Add(next);
            else if (next.Data.AssertTime("complete_to") >= now)
                return read;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Ends the enumeration that may be under way.
        _response.Dispose();
        _http.Dispose();
        await _events.DisposeAsync();
    }
}

/// <param name="Id">What a subscriber names that comes back.</param>
public sealed record FeedItem(string Id, string Event, JsonElement Data)
{
    public bool IsHeartbeat => Event == "heartbeat";

    public string? Text(string member) => Data.TryGetProperty(member, out var value) ? value.GetString() : null;

    /// <summary>Whether it says that this token is dead.</summary>
    public bool IsAbout(string token, bool isAccess)
    {
        var decoded = DecodedToken.Of(token);
        var (sub, sid, uuid) = (decoded.Payload.Text("sub"), decoded.Payload.Text("sid"), decoded.Payload.Text("uuid"));
        return Event == "revoked" && Text("scope") switch
        {
            "key" => Text("kid") == decoded.KeyId,
            "user" => Text("sub") == sub && (!isAccess || Text("uuid") == uuid),
            "session" => Text("sub") == sub && Text("sid") == sid,
            "access" => isAccess && Text("sub") == sub && Text("uuid") == uuid,
            "refresh" => !isAccess && Text("sub") == sub && Text("uuid") == uuid,
            _ => false,
        };
    }
}

using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace AuthCluster.Client.Server;

/// <param name="Claims">Of an active token.</param>
internal sealed record Introspection(bool IsActive, IReadOnlyList<Claim> Claims);

/// <summary>The calls to the server.</summary>
internal sealed class ServerCalls : IDisposable
{
    private const int AnswerLimit = 1024 * 1024;

    /// <summary>Questions about tokens at a time. More would wait for each other at the server.</summary>
    private const int IntrospectionLimit = 64;

    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue _credentials;
    private readonly AuthClusterBearerOptions _options;
    private readonly ClientMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _introspecting = new(IntrospectionLimit);

    public ServerCalls(IOptionsMonitor<AuthClusterBearerOptions> options, ClientMetrics metrics, TimeProvider time)
    {
        _options = options.Get(AuthClusterBearerDefaults.AuthenticationScheme);
        (_metrics, _time) = (metrics, time);
        _http = new HttpClient(_options.BackchannelHandler ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false }, disposeHandler: _options.BackchannelHandler is null)
        {
            BaseAddress = new Uri(_options.Authority!.TrimEnd('/') + "/"),
            // Each call has a time of its own; a stream has none.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = AnswerLimit,
        };
        // RFC 6749 section 2.3.1.
        var pair = $"{Uri.EscapeDataString(_options.ClientId!)}:{Uri.EscapeDataString(_options.ClientSecret!)}";
        _credentials = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }

    /// <summary><c>null</c> where the server does not answer.</summary>
    public async Task<Introspection?> IntrospectAsync(string token)
    {
        var began = _time.GetTimestamp();
        using var late = new CancellationTokenSource(_options.BackchannelTimeout, _time);
        Introspection? answer = null;
        try
        {
            await _introspecting.WaitAsync(late.Token);
            try
            {
                answer = await AskAsync(token, late.Token);
            }
            finally
            {
                _introspecting.Release();
            }
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            // Nobody knows.
        }

        _metrics.Introspected(_time.GetElapsedTime(began), answer is not null);
        return answer;
    }

    /// <exception cref="HttpRequestException">The server does not answer.</exception>
    public async Task<string> GetAsync(string path)
    {
        using var late = new CancellationTokenSource(_options.BackchannelTimeout, _time);
        try
        {
            return await _http.GetStringAsync(path, late.Token);
        }
        catch (OperationCanceledException timeout)
        {
            throw new HttpRequestException("The server did not answer in time.", timeout);
        }
    }

    /// <summary>Opens the revocation feed.</summary>
    public async Task<HttpResponseMessage> OpenFeedAsync(string? lastEventId, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/revocations");
        request.Headers.Authorization = _credentials;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        using var late = new CancellationTokenSource(_options.BackchannelTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
    }

    public void Dispose()
    {
        _http.Dispose();
        _introspecting.Dispose();
    }

    private async Task<Introspection?> AskAsync(string token, CancellationToken late)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "oauth/introspect")
        {
            Content = new FormUrlEncodedContent([new("token", token)]),
        };
        request.Headers.Authorization = _credentials;
        using var response = await _http.SendAsync(request, late);
        if (!response.IsSuccessStatusCode)
            return null;
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(late));
        var answer = document.RootElement;
        if (!answer.GetProperty("active").GetBoolean())
            return new Introspection(IsActive: false, []);
        // RFC 9068 section 4: only access tokens are for services. A refresh token has no client and no roles.
        return answer.TryGetProperty("client_id", out _) && IsForUs(answer)
            ? new Introspection(IsActive: true, [.. ClaimsOf(answer)])
            : new Introspection(IsActive: false, []);
    }

    private bool IsForUs(JsonElement answer) => answer.TryGetProperty("aud", out var audience)
        && (audience.ValueKind == JsonValueKind.Array
            ? audience.EnumerateArray().Any(one => one.GetString() == _options.Audience)
            : audience.GetString() == _options.Audience);

    private static IEnumerable<Claim> ClaimsOf(JsonElement answer)
    {
        foreach (var member in answer.EnumerateObject().Where(member => member.Name is not ("active" or "token_type")))
        {
            if (member.Value.ValueKind != JsonValueKind.Array)
                yield return new Claim(member.Name, member.Value.ToString());
            else
            {
                foreach (var item in member.Value.EnumerateArray())
                    yield return new Claim(member.Name, item.ToString());
            }
        }
    }
}

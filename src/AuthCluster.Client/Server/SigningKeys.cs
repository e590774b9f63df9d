using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace AuthCluster.Client.Server;

/// <param name="Issuer">Who issues tokens, as the server says.</param>
internal sealed record FoundKey(SecurityKey Key, string Issuer);

/// <summary>The server's public keys. They are fetched anew for a key that is not known, and every few minutes.</summary>
internal sealed partial class SigningKeys(ServerCalls server, TimeProvider time, ILogger<SigningKeys> logger)
{
    /// <summary>Tokens with made-up keys cause no more calls than this allows.</summary>
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private Task _fetching = Task.CompletedTask;
    private long? _lastFetch;
    private volatile Fetched? _fetched;

    /// <summary>Whether the server was reached with the last attempt. Otherwise a key that is not found may be one of its own.</summary>
    public bool AreKnown { get; private set; }

    /// <summary>The key; <c>null</c> where the server has none of this name, or cannot be asked.</summary>
    public async ValueTask<FoundKey?> FindAsync(string kid)
    {
        if (Find(kid) is { } known)
        {
            if (IsOlderThan(LongestInterval))
                _ = FetchAsync();
            return known;
        }

        await FetchAsync();
        return Find(kid);
    }

    private FoundKey? Find(string kid) =>
        _fetched is { } fetched && fetched.Keys.FirstOrDefault(key => key.KeyId == kid) is { } key ? new FoundKey(key, fetched.Issuer) : null;

    private bool IsOlderThan(TimeSpan age)
    {
        lock (_lock)
            return _lastFetch is not { } last || time.GetElapsedTime(last) >= age;
    }

    private Task FetchAsync()
    {
        lock (_lock)
        {
            if (!_fetching.IsCompleted || (_lastFetch is { } last && time.GetElapsedTime(last) < ShortestInterval))
                return _fetching;
            _lastFetch = time.GetTimestamp();
            return _fetching = Task.Run(TryFetchAsync);
        }
    }

    private async Task TryFetchAsync()
    {
        try
        {
            using var metadata = JsonDocument.Parse(await server.GetAsync(".well-known/oauth-authorization-server"));
            var keys = new JsonWebKeySet(await server.GetAsync(".well-known/jwks.json"));
            _fetched = new Fetched(metadata.RootElement.GetProperty("issuer").GetString()!, [.. keys.GetSigningKeys()]);
            AreKnown = true;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            AreKnown = false;
            LogUnfetched(fault.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server's keys cannot be fetched: {Cause}")]
    private partial void LogUnfetched(string cause);

    private sealed record Fetched(string Issuer, IReadOnlyList<SecurityKey> Keys);
}

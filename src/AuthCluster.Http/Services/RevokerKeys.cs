using System.Text;
using AuthCluster.Options;
using Microsoft.IdentityModel.Tokens;

namespace AuthCluster.Http.Services;

/// <summary>The public keys of one revoker, from its file or address. They are read again after ten minutes, and where a key is not among them.</summary>
internal sealed class RevokerKeys(string place, HttpClient http, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Between two readings for keys that are not there: invented key ids cause no more of them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>How long keys count that cannot be read again.</summary>
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile KeysRead? _read;
    private DateTimeOffset _tried = DateTimeOffset.MinValue;

    /// <exception cref="StateUnavailableException">They are out of reach.</exception>
    public async Task<IReadOnlyList<SecurityKey>> AllAsync(string keyId)
    {
        if (_read is { } fresh && IsGood(fresh, keyId))
            return fresh.Keys;
        await _reading.WaitAsync();
        try
        {
            if (_read is not { } read || (!IsGood(read, keyId) && time.GetUtcNow() - _tried >= Pause))
                await ReadAsync();
            return _read is { } known && time.GetUtcNow() - known.At < LongestLifetime
                ? known.Keys
                : throw new StateUnavailableException($"The keys of a revoker are out of reach: {place}");
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsGood(KeysRead read, string keyId) =>
        time.GetUtcNow() - read.At < Lifetime && read.Keys.Any(key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal));

    private async Task ReadAsync()
    {
        _tried = time.GetUtcNow();
        try
        {
            var json = SettingRule.HttpUrl(place) is { } url
                ? Encoding.UTF8.GetString(await http.GetByteArrayAsync(url))
                : await File.ReadAllTextAsync(place);
            _read = new KeysRead([.. new JsonWebKeySet(json).GetSigningKeys()], time.GetUtcNow());
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The keys that were read before count for a while.
        }
    }

    private sealed record KeysRead(IReadOnlyList<SecurityKey> Keys, DateTimeOffset At);
}

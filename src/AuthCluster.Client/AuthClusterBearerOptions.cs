using Microsoft.AspNetCore.Authentication;

namespace AuthCluster.Client;

/// <summary>How a service checks access tokens of AuthCluster.</summary>
public sealed class AuthClusterBearerOptions : AuthenticationSchemeOptions
{
    /// <summary>The address of the server, such as <c>https://auth.example.com</c>. Must be https, or of this machine.</summary>
    public string? Authority { get; set; }

    /// <summary>This service at the server: <c>Services:N:Id</c> there.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret of this service: <c>Services:N:Secret</c> there.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What tokens must be issued for: <c>Tokens:Audience</c> of the server.</summary>
    public string Audience { get; set; } = "authcluster";

    /// <summary>Who issues tokens. Unless set, what the server says in its metadata.</summary>
    public string? Issuer { get; set; }

    /// <summary>
    /// How old may be what this service knows of revocations. While it is older the server is asked about each token. A second at least: the
    /// server tells twice a second up to when it has told all.
    /// </summary>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What becomes of a request whose token may have been revoked, while the server cannot be asked.</summary>
    public WhenUnknown WhenUnknown { get; set; }

    /// <summary>
    /// How long a token may live from its issue on. Revocations are remembered for so long. The server is asked about tokens that live longer.
    /// </summary>
    public TimeSpan LongestTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Revocations that are remembered, some 100 bytes each. Where there are more within <see cref="LongestTokenLifetime"/>, all are forgotten and
    /// the server is asked once about each token of before.
    /// </summary>
    public int RememberedRevocations { get; set; } = 1_000_000;

    /// <summary>Verified tokens that are remembered, so that a signature is checked once a token.</summary>
    public int RememberedTokens { get; set; } = 100_000;

    /// <summary>How far the clocks of this machine and the server may be apart.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call to the server may take.</summary>
    public TimeSpan BackchannelTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What calls to the server go through; for tests and proxies.</summary>
    public HttpMessageHandler? BackchannelHandler { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Uri.TryCreate(Authority, UriKind.Absolute, out var authority) && IsSafe(authority), nameof(Authority), "must be an https address, or one of this machine.");
        Require(!string.IsNullOrEmpty(ClientId), nameof(ClientId), "must be set.");
        Require(!string.IsNullOrEmpty(ClientSecret), nameof(ClientSecret), "must be set.");
        Require(!string.IsNullOrEmpty(Audience), nameof(Audience), "must be set.");
        Require(MaxStaleness >= TimeSpan.FromSeconds(1), nameof(MaxStaleness), "must be a second or more.");
        Require(LongestTokenLifetime > TimeSpan.Zero, nameof(LongestTokenLifetime), "must be positive.");
        Require(RememberedRevocations > 0, nameof(RememberedRevocations), "must be positive.");
        Require(RememberedTokens > 0, nameof(RememberedTokens), "must be positive.");
        Require(ClockSkew >= TimeSpan.Zero, nameof(ClockSkew), "must not be negative.");
        Require(BackchannelTimeout > TimeSpan.Zero, nameof(BackchannelTimeout), "must be positive.");
    }

    private static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static void Require(bool isFulfilled, string name, string rule)
    {
        if (!isFulfilled)
            throw new ArgumentException($"AuthCluster: {name} {rule}", name);
    }
}

/// <summary>What becomes of a request whose token may have been revoked, while the server cannot be asked.</summary>
public enum WhenUnknown
{
    /// <summary>It is answered with 503: the session is kept, and the request can be repeated.</summary>
    Refuse,

    /// <summary>It is accepted if its signature and its times are good. A revocation may not count until the server is back.</summary>
    AcceptBySignature,
}

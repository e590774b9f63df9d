using System.Net;

namespace AuthCluster.Clients;

/// <summary>What the connection tells of a client. The address is the one that trusted proxies vouch for.</summary>
public readonly record struct ClientFacts(IPAddress? Address, string? UserAgent)
{
    /// <summary>Longer user agents are cut: they are kept in the account, where everything is bounded.</summary>
    public const int UserAgentLimit = 256;

    public string? AddressText => Address?.ToString();

    public string? BoundedUserAgent => UserAgent is { Length: > UserAgentLimit } ? UserAgent[..UserAgentLimit] : UserAgent;
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>One session: it begins with a login and ends with a logout, a revocation, a replay or its age.</summary>
public sealed record Session
{
    /// <summary>The <c>sid</c> of its tokens.</summary>
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Browser and system family ("Chrome on Windows"), to which tokens may be bound.</summary>
    public required string Family { get; init; }

    /// <summary>Names its device token, and with it the budget for wrong attempts that is this client's own.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>Where the newest pair of tokens was handed out.</summary>
    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>When the owner proved to be the owner (<c>auth_time</c>).</summary>
    public required DateTimeOffset Authenticated { get; init; }

    /// <summary>RFC 8176 method references, in the order they were used.</summary>
    public required ImmutableArray<string> Methods { get; init; }

    public required RefreshRotation Rotation { get; init; }

    /// <inheritdoc cref="AccountState.Unknown"/>
    [JsonIgnore]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>No token of this session lives longer, however often it is refreshed.</summary>
    public DateTimeOffset EndsAt(AccountRules rules) => Created + rules.SessionMaxAge;

    /// <summary>When the session is over, unless it is refreshed before.</summary>
    public DateTimeOffset LapsesAt(AccountRules rules) => Rotation.Expires < EndsAt(rules) ? Rotation.Expires : EndsAt(rules);

    public bool IsOver(DateTimeOffset now, AccountRules rules) => now >= LapsesAt(rules);

    public Session SeenFrom(ClientFacts client, DateTimeOffset now) => this with
    {
        Address = client.AddressText ?? Address,
        UserAgent = client.BoundedUserAgent ?? UserAgent,
        LastSeen = now,
    };
}

using System.Collections.Immutable;
using AuthCluster.Accounts;

namespace AuthCluster.Http.Answers;

internal sealed record PasskeyAnswer(string Id, string Name, DateTimeOffset Created, DateTimeOffset? LastUsed)
{
    public static PasskeyAnswer Of(Passkey passkey) => new(passkey.Id.ToString(), passkey.Name, passkey.Created, passkey.LastUsed);

    public static PasskeyAnswer[] Of(ImmutableArray<Passkey> passkeys) => [.. passkeys.Select(Of)];
}

/// <summary>Where a password manager sends users to add passkeys and to look after them (W3C "A Well-Known URL for Relying Party Passkey Endpoints").</summary>
internal sealed record PasskeyEndpointsAnswer(string Enroll, string Manage);

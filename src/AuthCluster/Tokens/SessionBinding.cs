using AuthCluster.Accounts;
using AuthCluster.Clients;
using AuthCluster.Options;

namespace AuthCluster.Tokens;

/// <summary>Whether the client that presents a token is the one it was handed to, as far as the settings ask.</summary>
internal sealed class SessionBinding(BindingOptions options)
{
    public event Action<Standing, SessionStanding>? Mismatched;

    public bool Allows(TokenKind kind, Standing standing, SessionStanding session, ClientFacts client)
    {
        var (address, device) = kind switch
        {
            TokenKind.Access => (options.AccessIp, options.AccessDevice),
            TokenKind.Refresh => (BindingMode.Off, options.RefreshDevice),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };
        return Passes(address, standing, session, client, SameAddress) && Passes(device, standing, session, client, SameFamily);
    }

    private bool Passes(
        BindingMode mode, Standing standing, SessionStanding session, ClientFacts client, Func<SessionStanding, ClientFacts, bool> matches)
    {
        if (mode == BindingMode.Off || matches(session, client))
            return true;
        if (session.ClaimMismatchReport())
            Mismatched?.Invoke(standing, session);
        return mode != BindingMode.Strict;
    }

    private static bool SameAddress(SessionStanding session, ClientFacts client) =>
        client.Address is { } address ? session.IsAt(address) : session.Address is null;

    // The family is worked out only where the user agent is another one: that spares every request the parsing.
    private static bool SameFamily(SessionStanding session, ClientFacts client) =>
        string.Equals(session.UserAgent, client.UserAgent, StringComparison.Ordinal)
        || string.Equals(session.Family, DeviceFamily.Of(client.UserAgent), StringComparison.Ordinal);
}

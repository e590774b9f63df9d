using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Tokens;

namespace AuthCluster.Http.Bearer;

internal enum HeldTokenEnd
{
    Ended,

    /// <summary>The token was dead before, or never one.</summary>
    NotValid,

    /// <summary>The account changed each time between the check and the act.</summary>
    Unsettled,
}

/// <summary>What the holder of a token may always do: end its session.</summary>
internal static class HeldToken
{
    /// <summary>A change of claims may come between the check and the act; it comes seldom twice.</summary>
    private const int Tries = 3;

    /// <param name="check">Judges the token. It may be of either kind.</param>
    public static async Task<HeldTokenEnd> EndSessionAsync(Func<ValueTask<TokenVerdict>> check, IAccounts accounts, ClientFacts client)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var verdict = await check();
            if (!verdict.IsGood(out var token, out var standing))
                return HeldTokenEnd.NotValid;
            var act = new EndOwnSession(new SessionProof(token.SessionId, standing.AccessSecret), client);
            if ((await accounts.For(token.AccountId).PerformAsync(act)).Refusal is null)
                return HeldTokenEnd.Ended;
        }

        return HeldTokenEnd.Unsettled;
    }
}

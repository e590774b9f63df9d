using AuthCluster.Accounts;
using AuthCluster.Keys;
using AuthCluster.Tokens;

namespace AuthCluster.Http.SecondFactors;

/// <summary>Reads the <c>mfa_token</c> of a login. The account judges, in its turn, whether it stands by the challenge.</summary>
internal sealed class ChallengeCheck(KeyRing keys, TokenReader reader)
{
    /// <summary><c>null</c> for everything that is not a living challenge.</summary>
    public async Task<Challenge?> ReadAsync(string token)
    {
        await keys.EnsureCurrentAsync();
        return reader.ReadChallenge(token);
    }
}

using System.Diagnostics.CodeAnalysis;
using AuthCluster.Accounts;

namespace AuthCluster.Tokens;

/// <summary>Whether a token is good now, and for whom.</summary>
public readonly record struct TokenVerdict(VerifiedToken? Token, Standing? Standing)
{
    public static readonly TokenVerdict Refused;

    public bool IsGood([NotNullWhen(true)] out VerifiedToken? token, [NotNullWhen(true)] out Standing? standing)
    {
        token = Token;
        standing = Standing;
        return token is not null && standing is not null;
    }
}

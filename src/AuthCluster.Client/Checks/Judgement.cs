using System.Security.Claims;

namespace AuthCluster.Client.Checks;

/// <summary>What is to become of a token.</summary>
internal enum Verdict
{
    Refused,
    Accepted,

    /// <summary>It may have been revoked, and the server cannot be asked.</summary>
    Unknown,
}

/// <param name="Claims">Of an accepted token. They are shared, and belong to no identity.</param>
internal readonly record struct Judgement(Verdict Verdict, IReadOnlyList<Claim> Claims)
{
    public static readonly Judgement Refused = new(Verdict.Refused, []);
    public static readonly Judgement Unknown = new(Verdict.Unknown, []);

    public static Judgement Accepted(IReadOnlyList<Claim> claims) => new(Verdict.Accepted, claims);
}

using System.Text.Json.Serialization;

namespace AuthCluster.Accounts;

/// <summary>What came of a login whose first factor was right. A way to go on that is not a session yet is another kind of it.</summary>
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(SecondFactorOwed), "second_factor_owed")]
public abstract record LoginResult;

/// <summary>The login opened a session.</summary>
public sealed record Granted(Grant Grant) : LoginResult;

/// <summary>The password was right, and no session is open before a second factor is.</summary>
public sealed record SecondFactorOwed(Challenge Challenge) : LoginResult
{
    /// <summary>Whether a passkey is as good as a code.</summary>
    public bool HasPasskeys { get; init; }
}

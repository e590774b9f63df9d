using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>Values of <c>amr</c> (RFC 8176).</summary>
public static class AuthenticationMethods
{
    public const string Password = "pwd";

    /// <summary>A TOTP or an emergency code.</summary>
    public const string OneTimePassword = "otp";

    public static readonly ImmutableArray<string> PasswordOnly = [Password];

    public static readonly ImmutableArray<string> PasswordAndCode = [Password, OneTimePassword];
}

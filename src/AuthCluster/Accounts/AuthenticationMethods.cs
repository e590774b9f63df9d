using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>Values of <c>amr</c> (RFC 8176).</summary>
public static class AuthenticationMethods
{
    public const string Password = "pwd";

    /// <summary>A TOTP or an emergency code.</summary>
    public const string OneTimePassword = "otp";

    /// <summary>A passkey that stays in its authenticator.</summary>
    public const string HardwareKey = "hwk";

    /// <summary>A passkey that its authenticator may copy to others.</summary>
    public const string SoftwareKey = "swk";

    /// <summary>Somebody touched the authenticator.</summary>
    public const string UserPresence = "user";

    public static readonly ImmutableArray<string> PasswordOnly = [Password];

    public static readonly ImmutableArray<string> PasswordAndCode = [Password, OneTimePassword];

    /// <summary>Whether a second factor is among them. A passkey alone is one, too: its authenticator has verified its user.</summary>
    public static bool HaveSecondFactor(ImmutableArray<string> methods)
    {
        foreach (var method in methods)
        {
            if (method is OneTimePassword or HardwareKey or SoftwareKey)
                return true;
        }

        return false;
    }
}

using AuthCluster.Emails;

namespace AuthCluster.Http.Logins;

/// <summary>The address or user name that a login names, which need be nobody's.</summary>
/// <param name="Text">As it was typed, without blanks around it.</param>
/// <param name="Canonical"><c>null</c> where it can be nobody's.</param>
internal readonly record struct TypedName(string Text, LoginName? Canonical)
{
    /// <summary>By which its failures are counted.</summary>
    public string Key => Canonical?.Value ?? Text;

    public static TypedName OfEmail(string typed) =>
        new(CanonicalEmail.Trim(typed), CanonicalEmail.TryParse(typed, out var email) ? email : null);

    public static TypedName OfUsername(string typed) =>
        new(CanonicalEmail.Trim(typed), CanonicalUsername.TryParse(typed, out var username) ? username : null);
}

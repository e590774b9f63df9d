using AuthCluster.Emails;
using AuthCluster.Options;
using Microsoft.IdentityModel.Tokens;

namespace AuthCluster.Http.Settings;

/// <summary>Somebody outside, such as an identity provider, who may end the sessions of users by a signed word.</summary>
public sealed class RevokerOptions : ICheckedSection
{
    /// <summary><c>iss</c> of its JWTs.</summary>
    public string? Issuer { get; set; }

    /// <summary>Its public keys (RFC 7517): a file, or an https address.</summary>
    public string? Keys { get; set; }

    /// <summary>Whose users: what stands behind the @ of their addresses.</summary>
    public List<string> Domains { get; set; } = [];

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.That(!string.IsNullOrEmpty(Issuer), nameof(Issuer), "must be given."),
        SettingRule.That(IsPlaceOfKeys(Keys), nameof(Keys), "must be an https address (http only to this machine), or a file with a key set (RFC 7517)."),
        SettingRule.That(Domains.Count > 0, nameof(Domains), "must have the domains whose users it may sign out."),
        .. from domain in Domains
           where CanonicalDomain(domain) is null
           select new SettingFault(nameof(Domains), $"must be domains, such as example.com, but has \"{domain}\"."),
    ];

    /// <summary>As behind the @ of a <see cref="CanonicalEmail"/>; <c>null</c> for what is no domain.</summary>
    internal static string? CanonicalDomain(string domain) => CanonicalEmail.TryParse($"a@{domain}", out var email) ? email.Value[2..] : null;

    private static bool IsPlaceOfKeys(string? keys)
    {
        if (keys is null)
            return false;
        if (SettingRule.HttpUrl(keys) is not null)
            return SettingRule.IsPrivate(keys);
        try
        {
            return new JsonWebKeySet(File.ReadAllText(keys)).Keys.Count > 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}

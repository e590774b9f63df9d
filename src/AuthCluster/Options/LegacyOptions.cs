using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Tokens.Legacy;

namespace AuthCluster.Options;

/// <summary>A system that users come from, whose living tokens are honoured.</summary>
public sealed class LegacyOptions : ICheckedSection
{
    /// <summary>Django with <c>djangorestframework-simplejwt</c>.</summary>
    public const string SimpleJwt = "simplejwt";

    /// <summary>Django with <c>djangorestframework-jwt</c> or <c>drf-jwt</c>.</summary>
    public const string DrfJwt = "drf-jwt";

    /// <summary>ASP.NET Identity with JWTs.</summary>
    public const string Identity = "identity";

    private const int ShortestSecret = 32;
    private const int LeastCharacters = 10;

    public string? Kind { get; set; }

    /// <summary>The secret as the other system's settings have it; or its public key as PEM, or a file <c>*.pem</c> with it.</summary>
    public string? Key { get; set; }

    /// <summary><c>iss</c>, where the other system writes one.</summary>
    public string? Issuer { get; set; }

    /// <summary>From when on none is honoured: a date, or a date and time of UTC.</summary>
    public string? Until { get; set; }

    internal DateTimeOffset? UntilTime =>
        DateTimeOffset.TryParse(Until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.That(Kind is SimpleJwt or DrfJwt or Identity, nameof(Kind), $"must be {SimpleJwt}, {DrfJwt} or {Identity}."),
        SettingRule.That(Key is not null, nameof(Key), "must be given."),
        Key is null ? null : CheckKey(Key),
        SettingRule.That(Until is null || UntilTime is not null, nameof(Until), "must be a date, or a date and time of UTC, such as 2027-01-31T00:00:00Z."),
    ];

    /// <summary>Whoever guesses it is everybody who ever moved in.</summary>
    private static SettingFault? CheckKey(string key)
    {
        try
        {
            if (LegacyKey.IsPem(key))
            {
                LegacyKey.Read(key);
                return null;
            }
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new SettingFault(nameof(Key), $"must be a public key in PEM: {fault.Message}");
        }

        return SettingRule.That(
            key.Length >= ShortestSecret && key.Distinct().Count() >= LeastCharacters && !PublishedKeys.Contains(Encoding.UTF8.GetBytes(key)),
            nameof(Key),
            $"must be a secret of at least {ShortestSecret} characters that nobody guesses, or a public key in PEM.");
    }
}

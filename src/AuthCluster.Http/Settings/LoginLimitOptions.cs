using AuthCluster.Options;

namespace AuthCluster.Http.Settings;

public sealed class RateLimitOptions : ICheckedSection
{
    /// <summary>Calls a minute and address to what takes passwords, codes or mails; 0 is off.</summary>
    public int PerAddress { get; set; } = 120;

    public IEnumerable<SettingFault?> Check() => [SettingRule.Between(nameof(PerAddress), PerAddress, 0, 1_000_000)];
}

public sealed class CaptchaOptions : ICheckedSection
{
    public CaptchaProvider? Provider { get; set; }

    public string? Secret { get; set; }

    public string? VerifyUrl { get; set; }

    /// <summary>Failures of an address or account after which a captcha is asked for; 0 is always.</summary>
    public int? After { get; set; }

    public IEnumerable<SettingFault?> Check() =>
    [
        // Without this, a forgotten provider would leave every login without the captcha that somebody asked for.
        SettingRule.That(
            Provider is not null || (Secret is null && VerifyUrl is null && After is null),
            nameof(Provider),
            "must be given where other Captcha settings are."),
        SettingRule.That(Provider is null || Secret is not null, nameof(Secret), "must be given with Captcha:Provider."),
        SettingRule.SafeUrl(nameof(VerifyUrl), VerifyUrl),
        SettingRule.Between(nameof(After), After ?? 0, 0, 1_000_000),
    ];
}

/// <summary>Spelled as their makers do, because settings and messages show these names.</summary>
public enum CaptchaProvider
{
    reCAPTCHA,
    hCaptcha,
    Turnstile,
}

public sealed class BootstrapOptions : ICheckedSection
{
    public string? AdminEmail { get; set; }

    public string? AdminPassword { get; set; }

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.That(AdminEmail is not null || AdminPassword is null, nameof(AdminEmail), "must be given with Bootstrap:AdminPassword."),
        SettingRule.That(AdminPassword is not null || AdminEmail is null, nameof(AdminPassword), "must be given with Bootstrap:AdminEmail."),
        SettingRule.That(AdminEmail is null || AdminEmail.Contains('@', StringComparison.Ordinal), nameof(AdminEmail), "must be an e-mail address."),
    ];
}

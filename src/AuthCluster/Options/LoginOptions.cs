namespace AuthCluster.Options;

public sealed class PasswordOptions
{
    /// <summary>Code points.</summary>
    public int MinimumLength { get; set; } = 8;

    public PasswordCost Cost { get; set; } = PasswordCost.Recommended;
}

public enum PasswordCost
{
    Recommended,

    /// <summary>For tests.</summary>
    Lowest,
}

public sealed class LoginOptions
{
    /// <summary>Wrong passwords before back-off.</summary>
    public int AttemptsPerAccount { get; set; } = 10;

    /// <summary>Wrong second-factor codes before back-off.</summary>
    public int CodeAttempts { get; set; } = 5;

    /// <summary>The first wait; it doubles.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackOffMax { get; set; } = TimeSpan.FromMinutes(15);
}

public sealed class RateLimitOptions
{
    /// <summary>Calls a minute and address to what takes passwords, codes or mails; 0 is off.</summary>
    public int PerAddress { get; set; } = 120;
}

public sealed class CaptchaOptions
{
    public CaptchaProvider? Provider { get; set; }

    public string? Secret { get; set; }

    public string? VerifyUrl { get; set; }

    /// <summary>Failures of an address or account after which a captcha is asked for.</summary>
    public int? After { get; set; }
}

public enum CaptchaProvider
{
    ReCaptcha,
    HCaptcha,
    Turnstile,
}

public sealed class BootstrapOptions
{
    public string? AdminEmail { get; set; }

    public string? AdminPassword { get; set; }
}

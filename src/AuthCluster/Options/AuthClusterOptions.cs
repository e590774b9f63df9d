using AuthCluster.Accounts;

namespace AuthCluster.Options;

/// <summary>Every setting under <c>AuthCluster</c>; one class a section, with defaults that work.</summary>
public sealed class AuthClusterOptions
{
    /// <summary>Where the embedded host keeps its database.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>What links in mails start with. Never taken from the <c>Host</c> header, which a client chooses.</summary>
    public string? PublicUrl { get; set; }

    public KeyOptions Keys { get; set; } = new();

    public TokenOptions Tokens { get; set; } = new();

    public SessionOptions Sessions { get; set; } = new();

    public BindingOptions Binding { get; set; } = new();

    public DeviceOptions Devices { get; set; } = new();

    public RegistrationOptions Registration { get; set; } = new();

    public PasswordOptions Passwords { get; set; } = new();

    public LoginOptions Login { get; set; } = new();

    public RateLimitOptions RateLimits { get; set; } = new();

    public ActivityOptions Activity { get; set; } = new();

    public ProxyOptions Proxies { get; set; } = new();

    public CorsOptions Cors { get; set; } = new();

    public CaptchaOptions Captcha { get; set; } = new();

    public MailOptions Mail { get; set; } = new();

    public List<ServiceOptions> Services { get; set; } = [];

    public List<WebhookOptions> Webhooks { get; set; } = [];

    public BootstrapOptions Bootstrap { get; set; } = new();

    /// <summary>What the account's rules need of all this.</summary>
    public AccountRules Rules => new()
    {
        RefreshLifetime = Tokens.RefreshLifetime,
        RefreshGrace = Tokens.RefreshGrace,
        SessionMaxAge = Sessions.MaxAge,
        DeviceLimit = Devices.Limit,
        AtDeviceLimit = Devices.AtLimit,
        ActivityKept = Activity.Kept,
        GuessesBeforeBackOff = Login.AttemptsPerAccount,
        BackOff = Login.BackOff,
        BackOffMax = Login.BackOffMax,
        ConfirmEmail = Registration.ConfirmEmail,
    };
}

using System.Net;
using AuthCluster.Accounts;

using AuthCluster.Options;

namespace AuthCluster.Http.Settings;

/// <summary>Every setting under <c>AuthCluster</c>; one class a section, with defaults that work.</summary>
public sealed class AuthClusterOptions : ICheckedSection
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

    public List<RevokerOptions> Revokers { get; set; } = [];

    public List<WebhookOptions> Webhooks { get; set; } = [];

    public PageOptions Pages { get; set; } = new();

    public List<LegacyOptions> Legacy { get; set; } = [];

    public BootstrapOptions Bootstrap { get; set; } = new();

    /// <summary><c>iss</c> of every token.</summary>
    public string Issuer => Tokens.Issuer ?? PublicUrl ?? "authcluster";

    /// <summary>What the account's rules need of all this.</summary>
    public AccountRules Rules => new()
    {
        RefreshLifetime = Tokens.RefreshLifetime,
        RefreshGrace = Tokens.RefreshGrace,
        SessionMaxAge = Sessions.MaxAge,
        SessionLimit = Devices.Limit,
        AtSessionLimit = Devices.AtLimit,
        ActivityKept = Activity.Kept,
        AttemptsBeforeBackOff = Login.AttemptsPerAccount,
        CodeAttemptsBeforeBackOff = Login.CodeAttempts,
        BackOff = Login.BackOff,
        BackOffMax = Login.BackOffMax,
        ConfirmEmail = Registration.ConfirmEmail,
    };

    /// <summary>The rules between sections; each section has its own.</summary>
    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.That(PublicUrl is null || IsPublicUrl(PublicUrl), nameof(PublicUrl), "must be an http(s) address without query and fragment."),
        SettingRule.That(Sessions.MaxAge >= Tokens.AccessLifetime, "Sessions:MaxAge", "must not be shorter than Tokens:AccessLifetime."),
        .. Services.Where(service => service.Id is not null).GroupBy(service => service.Id).Where(services => services.Skip(1).Any())
            .Select(services => new SettingFault(nameof(Services), $"must not have the Id \"{services.Key}\" twice.")),
        .. Revokers.Where(revoker => revoker.Issuer is not null).GroupBy(revoker => revoker.Issuer).Where(revokers => revokers.Skip(1).Any())
            .Select(revokers => new SettingFault(nameof(Revokers), $"must not have the Issuer \"{revokers.Key}\" twice.")),
    ];

    /// <summary>What is allowed, but seldom meant.</summary>
    public IEnumerable<SettingFault> Warnings() => new[]
    {
        SettingRule.That(Legacy.TrueForAll(legacy => legacy.Until is not null), "Legacy", "has no Until: its key opens accounts for as long as it stands here."),
        SettingRule.That(PublicUrl is null || SettingRule.IsPrivate(PublicUrl), "PublicUrl", "is not https: others on the way read tokens."),
        SettingRule.That(Passwords.Cost != PasswordCost.Lowest, "Passwords:Cost", "is Lowest, which is for tests: stolen hashes are broken quickly."),
        SettingRule.That(Passwords.MinimumLength >= 8, "Passwords:MinimumLength", "is below 8: short passwords are guessed."),
        SettingRule.That(!Proxies.Trusted.Exists(IsEverybody), "Proxies:Trusted", "has every address: any client can claim to be at any other."),
        SettingRule.That(Mail.Smtp.Host is null || Mail.Directory is null, "Mail:Directory", "is not used, because Mail:Smtp:Host is given."),
    }.OfType<SettingFault>();

    private static bool IsPublicUrl(string text) =>
        SettingRule.HttpUrl(text) is { UserInfo: "" } && text.AsSpan().IndexOfAny('?', '#') < 0;

    private static bool IsEverybody(string proxy) => IPNetwork.TryParse(proxy, out var network) && network.PrefixLength == 0;
}

using System.Collections;
using AuthCluster.Http.Settings;
using Xunit;

namespace AuthCluster.Tests.Settings;

/// <summary>The settings that the HTTP contract lists, with their defaults.</summary>
public sealed class SettingsTableTests
{
    private static readonly Dictionary<string, string?> Documented = new()
    {
        ["DataDirectory"] = "data",
        ["PublicUrl"] = null,
        ["Keys:Master"] = null,
        ["Keys:MasterFile"] = null,
        ["Tokens:Issuer"] = null,
        ["Tokens:Audience"] = "authcluster",
        ["Tokens:Algorithm"] = "ES256",
        ["Tokens:SigningKey"] = null,
        ["Tokens:AccessLifetime"] = "00:10:00",
        ["Tokens:RefreshLifetime"] = "30.00:00:00",
        ["Sessions:MaxAge"] = "90.00:00:00",
        ["Tokens:RefreshGrace"] = "00:00:30",
        ["Tokens:Encrypt"] = "false",
        ["Tokens:EncryptionKey"] = null,
        ["Tokens:ProfileClaims"] = "[]",
        ["Tokens:VerifiedCache"] = "100000",
        ["Binding:AccessIp"] = "Log",
        ["Binding:AccessDevice"] = "Log",
        ["Binding:RefreshDevice"] = "Strict",
        ["Devices:Limit"] = "20",
        ["Devices:AtLimit"] = "EvictLeastRecentlyUsed",
        ["Registration:Open"] = "true",
        ["Registration:ConfirmEmail"] = "false",
        ["Passwords:MinimumLength"] = "8",
        ["Passwords:Cost"] = "Recommended",
        ["Login:AttemptsPerAccount"] = "10",
        ["Login:CodeAttempts"] = "5",
        ["Login:BackOff"] = "00:00:01",
        ["Login:BackOffMax"] = "00:15:00",
        ["RateLimits:PerAddress"] = "120",
        ["Activity:Kept"] = "50",
        ["Activity:Retention"] = "90.00:00:00",
        ["Proxies:Trusted"] = "[]",
        ["Cors:Origins"] = "[]",
        ["Captcha:Provider"] = null,
        ["Captcha:Secret"] = null,
        ["Captcha:VerifyUrl"] = null,
        ["Captcha:After"] = null,
        ["Mail:Smtp:Host"] = null,
        ["Mail:Smtp:Port"] = "587",
        ["Mail:Smtp:User"] = null,
        ["Mail:Smtp:Password"] = null,
        ["Mail:Smtp:Tls"] = "StartTls",
        ["Mail:Smtp:Authority"] = null,
        ["Mail:Templates"] = null,
        ["Mail:From"] = null,
        ["Mail:Directory"] = null,
        ["Services"] = "[]",
        ["Revokers"] = "[]",
        ["Webhooks"] = "[]",
        ["Legacy"] = "[]",
        ["Pages:Enabled"] = "true",
        ["Pages:AccessCookie"] = "false",
        ["Bootstrap:AdminEmail"] = null,
        ["Bootstrap:AdminPassword"] = null,
    };

    private static readonly string[] InLists =
    [
        "Tokens:ProfileClaims:N", "Proxies:Trusted:N", "Cors:Origins:N",
        "Services:N:Id", "Services:N:Secret", "Services:N:SecretHash",
        "Revokers:N:Issuer", "Revokers:N:Keys", "Revokers:N:Domains", "Revokers:N:Domains:N",
        "Webhooks:N:Url", "Webhooks:N:Secret",
        "Legacy:N:Kind", "Legacy:N:Key", "Legacy:N:Issuer", "Legacy:N:Until",
    ];

    public static TheoryData<string> Keys => [.. Documented.Keys];

    [Fact]
    public void The_settings_are_exactly_the_documented_ones()
    {
        var documented = Documented.Keys.Concat(InLists).Select(key => $"AuthCluster:{key}");

        Assert.Equal(documented.Order(StringComparer.Ordinal), KnownSettings.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_setting_has_its_documented_default(string key)
    {
        object? value = Given.Settings().Options;
        foreach (var name in key.Split(':'))
            value = value!.GetType().GetProperty(name)!.GetValue(value);

        Assert.Equal(Documented[key], value switch { IList { Count: 0 } => "[]", bool flag => flag ? "true" : "false", _ => value?.ToString() });
    }

    [Fact]
    public void The_defaults_have_no_fault_and_no_warning()
    {
        var result = Given.Settings();

        Assert.Empty(result.Faults);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("authcluster")]
    [InlineData("https://id.example.com", "PublicUrl=https://id.example.com")]
    [InlineData("mine", "PublicUrl=https://id.example.com", "Tokens:Issuer=mine")]
    public void The_issuer_is_the_public_address_where_none_is_given(string issuer, params string[] settings) =>
        Assert.Equal(issuer, Given.Settings(settings).Options.Issuer);
}

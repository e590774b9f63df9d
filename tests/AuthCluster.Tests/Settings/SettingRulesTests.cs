using Xunit;

namespace AuthCluster.Tests.Settings;

/// <summary>Every rule of every section, with examples that break it and examples at its edge that keep it.</summary>
public sealed class SettingRulesTests
{
    private const string SameBytes = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Bytes31 = "kLvT2ZC4oVrmXn8Q0fHs5wYdE1uJgS7cBzI9aM3xKg==";
    private const string Bytes33 = "kLvT2ZC4oVrmXn8Q0fHs5wYdE1uJgS7cBzI9aM3xKtAB";
    private const string Text = "bGFudGVybiBvcmNoYXJkIGtldHRsZSBmb3VydGVlbiBkYXlz";
    private const string FewValues = "AAECAwQFBgcICQoLDA0OAAECAwQFBgcICQoLDA0OAAE=";
    private const string Hexadecimal = "9f2c44d1e07b5a6698c3f01d2e7b8a4455d6c7e8f90a1b2c3d4e5f6a7b8c9d0e";
    private const string Hash = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852b855";

    [Theory]
    [InlineData("PublicUrl", "PublicUrl=id.example.com")]
    [InlineData("PublicUrl", "PublicUrl=/srv/auth")]
    [InlineData("PublicUrl", "PublicUrl=ftp://id.example.com")]
    [InlineData("PublicUrl", "PublicUrl=https://id.example.com/?a=b")]
    [InlineData("PublicUrl", "PublicUrl=https://id.example.com/?")]
    [InlineData("PublicUrl", "PublicUrl=https://id.example.com/#a")]
    [InlineData("PublicUrl", "PublicUrl=https://user:word@id.example.com")]
    [InlineData("PublicUrl", "PublicUrl= https://id.example.com")]
    [InlineData("Keys:Master", "Keys:Master=not base64")]
    [InlineData("Keys:Master", "Keys:Master=" + Bytes31)]
    [InlineData("Keys:Master", "Keys:Master=" + Bytes33)]
    [InlineData("Keys:Master", "Keys:Master=" + SameBytes)]
    [InlineData("Keys:Master", "Keys:Master=" + FewValues)]
    [InlineData("Keys:MasterFile", "Keys:Master=" + Given.Key, "Keys:MasterFile=/run/secrets/master")]
    [InlineData("Tokens:SigningKey", "Tokens:SigningKey=" + Given.Key)]
    [InlineData("Tokens:SigningKey", "Tokens:Algorithm=RS256", "Tokens:SigningKey=" + Given.Key)]
    [InlineData("Tokens:SigningKey", "Tokens:Algorithm=HS256", "Tokens:SigningKey=secret")]
    [InlineData("Tokens:SigningKey", "Tokens:Algorithm=HS256", "Tokens:SigningKey=" + Bytes31)]
    [InlineData("Tokens:SigningKey", "Tokens:Algorithm=HS256", "Tokens:SigningKey=" + SameBytes)]
    [InlineData("Tokens:SigningKey", "Tokens:Algorithm=HS256", "Tokens:SigningKey=" + FewValues)]
    [InlineData("Tokens:SigningKey", "Tokens:Algorithm=HS256", "Tokens:SigningKey=" + Text)]
    [InlineData("Tokens:SigningKey", "Tokens:Algorithm=HS256", "Tokens:SigningKey=" + Hexadecimal)]
    [InlineData("Tokens:AccessLifetime", "Tokens:AccessLifetime=00:00:00")]
    [InlineData("Tokens:AccessLifetime", "Tokens:AccessLifetime=-00:10:00")]
    [InlineData("Tokens:AccessLifetime", "Tokens:AccessLifetime=00:00:11", "Tokens:RefreshLifetime=00:00:10")]
    [InlineData("Tokens:RefreshLifetime", "Tokens:RefreshLifetime=3651.00:00:00")]
    [InlineData("Tokens:RefreshGrace", "Tokens:RefreshGrace=-00:00:01")]
    [InlineData("Tokens:RefreshGrace", "Tokens:RefreshGrace=01:00:01")]
    [InlineData("Tokens:EncryptionKey", "Tokens:EncryptionKey=" + Given.Key)]
    [InlineData("Tokens:EncryptionKey", "Tokens:Encrypt=true", "Tokens:EncryptionKey=" + Bytes33)]
    [InlineData("Tokens:ProfileClaims", "Tokens:ProfileClaims=locale,sub")]
    [InlineData("Tokens:ProfileClaims", "Tokens:ProfileClaims=Roles")]
    [InlineData("Tokens:ProfileClaims", "Tokens:ProfileClaims=uuid")]
    [InlineData("Tokens:ProfileClaims", "Tokens:ProfileClaims=locale,locale")]
    [InlineData("Tokens:ProfileClaims", "Tokens:ProfileClaims=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q")]
    [InlineData("Tokens:ProfileClaims:0", "Tokens:ProfileClaims:0=")]
    [InlineData("Tokens:VerifiedCache", "Tokens:VerifiedCache=-1")]
    [InlineData("Tokens:VerifiedCache", "Tokens:VerifiedCache=10000001")]
    [InlineData("Sessions:MaxAge", "Sessions:MaxAge=00:00:00")]
    [InlineData("Sessions:MaxAge", "Sessions:MaxAge=00:09:59")]
    [InlineData("Devices:Limit", "Devices:Limit=0")]
    [InlineData("Devices:Limit", "Devices:Limit=1001")]
    [InlineData("Passwords:MinimumLength", "Passwords:MinimumLength=3")]
    [InlineData("Passwords:MinimumLength", "Passwords:MinimumLength=129")]
    [InlineData("Login:AttemptsPerAccount", "Login:AttemptsPerAccount=0")]
    [InlineData("Login:CodeAttempts", "Login:CodeAttempts=0")]
    [InlineData("Login:BackOff", "Login:BackOff=00:00:00")]
    [InlineData("Login:BackOff", "Login:BackOff=00:15:01")]
    [InlineData("Login:BackOffMax", "Login:BackOffMax=1.00:00:01")]
    [InlineData("RateLimits:PerAddress", "RateLimits:PerAddress=-1")]
    [InlineData("Activity:Kept", "Activity:Kept=0")]
    [InlineData("Activity:Kept", "Activity:Kept=1001")]
    [InlineData("Activity:Retention", "Activity:Retention=00:00:00")]
    [InlineData("Proxies:Trusted", "Proxies:Trusted=proxy.example.com")]
    [InlineData("Proxies:Trusted", "Proxies:Trusted=10")]
    [InlineData("Proxies:Trusted", "Proxies:Trusted=[::1]:80")]
    [InlineData("Proxies:Trusted", "Proxies:Trusted=10/8")]
    [InlineData("Proxies:Trusted", "Proxies:Trusted=10.0.0.0/")]
    [InlineData("Proxies:Trusted", "Proxies:Trusted=10.0.0.0/33")]
    [InlineData("Cors:Origins", "Cors:Origins=*")]
    [InlineData("Cors:Origins", "Cors:Origins=null")]
    [InlineData("Cors:Origins", "Cors:Origins=https://app.example.com/")]
    [InlineData("Cors:Origins", "Cors:Origins=https://app.example.com/app")]
    [InlineData("Cors:Origins", "Cors:Origins=https://*.example.com")]
    [InlineData("Cors:Origins", "Cors:Origins=https://App.example.com")]
    [InlineData("Cors:Origins", "Cors:Origins=https://app.example.com:443")]
    [InlineData("Cors:Origins", "Cors:Origins=https://user@app.example.com")]
    [InlineData("Cors:Origins", "Cors:Origins=https://bücher.example")]
    [InlineData("Captcha:Provider", "Captcha:Secret=s")]
    [InlineData("Captcha:Provider", "Captcha:After=3")]
    [InlineData("Captcha:Secret", "Captcha:Provider=Turnstile")]
    [InlineData("Captcha:VerifyUrl", "Captcha:Provider=Turnstile", "Captcha:Secret=s", "Captcha:VerifyUrl=http://captcha.example.com")]
    [InlineData("Captcha:After", "Captcha:Provider=Turnstile", "Captcha:Secret=s", "Captcha:After=-1")]
    [InlineData("Mail:From", "Mail:From=nobody")]
    [InlineData("Mail:Smtp:Host", "Mail:Smtp:Host=smtp://mail.example.com")]
    [InlineData("Mail:Smtp:Host", "Mail:Smtp:User=u", "Mail:Smtp:Password=p")]
    [InlineData("Mail:Smtp:Port", "Mail:Smtp:Port=0")]
    [InlineData("Mail:Smtp:Port", "Mail:Smtp:Port=65536")]
    [InlineData("Mail:Smtp:User", "Mail:Smtp:Host=mail.example.com", "Mail:Smtp:Password=p")]
    [InlineData("Mail:Smtp:Password", "Mail:Smtp:Host=mail.example.com", "Mail:Smtp:User=u")]
    [InlineData("Services:0:Id", "Services:0:Secret=" + Given.Key)]
    [InlineData("Services:0:Id", "Services:0:Id=a:b", "Services:0:Secret=" + Given.Key)]
    [InlineData("Services:0:Secret", "Services:0:Id=a")]
    [InlineData("Services:0:Secret", "Services:0:Id=a", "Services:0:Secret=0123456789012345678901234567890")]
    [InlineData("Services:0:Secret", "Services:0:Id=a", "Services:0:Secret=" + Given.Key, "Services:0:SecretHash=" + Hash)]
    [InlineData("Services:0:SecretHash", "Services:0:Id=a", "Services:0:SecretHash=abc")]
    [InlineData("Services:0:SecretHash", "Services:0:Id=a", "Services:0:SecretHash=" + Hash + "00")]
    [InlineData("Services", "Services:0:Id=a", "Services:0:SecretHash=" + Hash, "Services:1:Id=a", "Services:1:Secret=" + Given.Key)]
    [InlineData("Webhooks:0:Url", "Webhooks:0:Secret=" + Given.Key)]
    [InlineData("Webhooks:0:Url", "Webhooks:0:Secret=" + Given.Key, "Webhooks:0:Url=http://hooks.example.com")]
    [InlineData("Webhooks:0:Secret", "Webhooks:0:Url=https://hooks.example.com")]
    [InlineData("Webhooks:0:Secret", "Webhooks:0:Url=https://hooks.example.com", "Webhooks:0:Secret=short")]
    [InlineData("Bootstrap:AdminPassword", "Bootstrap:AdminEmail=root@example.com")]
    [InlineData("Bootstrap:AdminEmail", "Bootstrap:AdminPassword=long enough")]
    [InlineData("Bootstrap:AdminEmail", "Bootstrap:AdminEmail=root", "Bootstrap:AdminPassword=long enough")]
    public void A_broken_rule_is_one_fault_at_its_key(string key, params string[] settings)
    {
        var fault = Assert.Single(Given.Settings(settings).Faults);

        Assert.Equal($"AuthCluster:{key}", fault.Key);
    }

    [Theory]
    [InlineData("PublicUrl=https://example.com/auth")]
    [InlineData("Keys:Master=" + Given.Key)]
    [InlineData("Tokens:Algorithm=HS256")]
    [InlineData("Tokens:Algorithm=HS256", "Tokens:SigningKey=" + Bytes33)]
    [InlineData("Tokens:Encrypt=true", "Tokens:EncryptionKey=" + Given.Key)]
    [InlineData("Tokens:AccessLifetime=00:00:01", "Tokens:RefreshLifetime=00:00:01", "Tokens:RefreshGrace=00:00:00", "Sessions:MaxAge=00:00:01")]
    [InlineData("Tokens:ProfileClaims=email,email_verified,username,locale")]
    [InlineData("Tokens:VerifiedCache=0", "RateLimits:PerAddress=0", "Devices:Limit=1000", "Activity:Kept=1000")]
    [InlineData("Login:BackOff=1.00:00:00", "Login:BackOffMax=1.00:00:00")]
    [InlineData("Proxies:Trusted=10.0.0.1,10.0.0.0/8,::1,fd00::/8")]
    [InlineData("Cors:Origins=https://app.example.com,http://localhost:5173,https://xn--bcher-kva.example,http://[::1]:3000")]
    [InlineData("Captcha:Provider=reCAPTCHA", "Captcha:Secret=s", "Captcha:VerifyUrl=http://127.0.0.1:9000/verify", "Captcha:After=0")]
    [InlineData("Mail:Smtp:Host=mail.example.com", "Mail:Smtp:User=u", "Mail:Smtp:Password=p", "Mail:From=AuthCluster <auth@example.com>")]
    [InlineData("Services:0:Id=a", "Services:0:SecretHash=" + Hash, "Services:1:Id=b", "Services:1:Secret=" + Given.Key)]
    [InlineData("Webhooks:0:Url=http://localhost:9000/hook", "Webhooks:0:Secret=" + Given.Key)]
    [InlineData("Bootstrap:AdminEmail=root@example.com", "Bootstrap:AdminPassword= long enough ")]
    public void A_value_within_the_rules_is_no_fault(params string[] settings)
    {
        var result = Given.Settings(settings);

        Assert.Empty(result.Faults);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("AuthCluster:Passwords:Cost", "Passwords:Cost=Lowest")]
    [InlineData("AuthCluster:Passwords:MinimumLength", "Passwords:MinimumLength=7")]
    [InlineData("AuthCluster:PublicUrl", "PublicUrl=http://id.example.com")]
    [InlineData("AuthCluster:Proxies:Trusted", "Proxies:Trusted=0.0.0.0/0")]
    [InlineData("AuthCluster:Proxies:Trusted", "Proxies:Trusted=10.0.0.1,::/0")]
    [InlineData("AuthCluster:Mail:Directory", "Mail:Directory=mails", "Mail:Smtp:Host=mail.example.com")]
    public void What_is_allowed_but_seldom_meant_is_warned_of(string key, params string[] settings)
    {
        var result = Given.Settings(settings);

        Assert.Empty(result.Faults);
        Assert.StartsWith($"{key}: ", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_not_judged_by_the_default_of_a_value_that_could_not_be_read()
    {
        var fault = Assert.Single(Given.Settings("Tokens:AccessLifetime=soon", "Tokens:RefreshLifetime=00:05:00").Faults);

        Assert.Contains("soon", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Keys:Master")]
    [InlineData("Tokens:SigningKey")]
    [InlineData("Tokens:EncryptionKey")]
    [InlineData("Captcha:Secret")]
    [InlineData("Mail:Smtp:Password")]
    [InlineData("Services:0:Secret")]
    [InlineData("Services:0:SecretHash")]
    [InlineData("Services")]
    [InlineData("Webhooks:0:Secret")]
    [InlineData("Webhooks:0:Url")]
    [InlineData("Bootstrap:AdminPassword")]
    [InlineData("Keys:Mastr")]
    [InlineData("Keys:Master:0")]
    public void A_secret_is_in_no_message(string key)
    {
        var result = Given.Settings($"{key}=hunter2");

        Assert.NotEmpty(result.Faults.Select(fault => fault.Key).Concat(result.Warnings));
        Assert.DoesNotContain("hunter2", result.Describe() + string.Concat(result.Warnings), StringComparison.Ordinal);
    }
}

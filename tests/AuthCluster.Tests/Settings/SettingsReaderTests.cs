using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace AuthCluster.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Values_of_every_type_are_read()
    {
        var result = Given.Settings(
            "DataDirectory=/srv/auth",
            "Devices:Limit=5",
            "Registration:Open=false",
            "Sessions:MaxAge=1.02:03:04",
            "Devices:AtLimit=reject",
            "Captcha:Provider=HCAPTCHA",
            "Captcha:Secret=s",
            "Captcha:After=0",
            "Mail:Smtp:Host=mail.example.com",
            "Mail:Smtp:Port=25");

        Assert.Empty(result.Faults);
        Assert.Empty(result.Warnings);
        var options = result.Options;
        Assert.Equal("/srv/auth", options.DataDirectory);
        Assert.Equal(5, options.Devices.Limit);
        Assert.False(options.Registration.Open);
        Assert.Equal(new TimeSpan(1, 2, 3, 4), options.Sessions.MaxAge);
        Assert.Equal(AtSessionLimit.Reject, options.Devices.AtLimit);
        Assert.Equal(CaptchaProvider.hCaptcha, options.Captcha.Provider);
        Assert.Equal(0, options.Captcha.After);
        Assert.Equal("mail.example.com", options.Mail.Smtp.Host);
        Assert.Equal(25, options.Mail.Smtp.Port);
    }

    [Theory]
    [InlineData("Devices:Limit=many", "must be a whole number, but is \"many\".")]
    [InlineData("Devices:Limit=1.5", "must be a whole number, but is \"1.5\".")]
    [InlineData("Devices:Limit=99999999999", "must be a whole number, but is \"99999999999\".")]
    [InlineData("Registration:Open=yes", "must be true or false, but is \"yes\".")]
    [InlineData("Tokens:AccessLifetime=600", "must be a time as [d.]hh:mm:ss, but is \"600\".")]
    [InlineData("Tokens:AccessLifetime=10:00", "must be a time as [d.]hh:mm:ss, but is \"10:00\".")]
    [InlineData("Tokens:AccessLifetime=25:00:00", "must be a time as [d.]hh:mm:ss, but is \"25:00:00\".")]
    [InlineData("Tokens:Algorithm=none", "must be one of ES256, RS256, HS256, but is \"none\".")]
    [InlineData("Tokens:Algorithm=1", "must be one of ES256, RS256, HS256, but is \"1\".")]
    [InlineData("Captcha:Provider=Captchos", "must be one of reCAPTCHA, hCaptcha, Turnstile, but is \"Captchos\".")]
    [InlineData("Tokens:SigningKey=", "must not be empty; without the key the default counts.")]
    [InlineData("Devices:Limit= ", "must not be empty; without the key the default counts.")]
    [InlineData("Devices=5", "is a section and takes no value: Devices:Limit and so on.")]
    [InlineData("Services=billing", "must be a list of sections: Services:0 and so on.")]
    public void A_value_of_the_wrong_type_is_a_fault(string setting, string message)
    {
        var fault = Assert.Single(Given.Settings(setting).Faults);

        Assert.Equal("AuthCluster:" + setting.Split('=')[0], fault.Key);
        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public void A_value_given_as_a_section_is_a_fault()
    {
        var fault = Assert.Single(Given.Settings("PublicUrl:0=https://auth.example.com").Faults);

        Assert.Equal(("AuthCluster:PublicUrl", "must be one value, but is given as a section."), (fault.Key, fault.Message));
    }

    [Fact]
    public void A_fault_within_a_list_has_the_whole_key()
    {
        var result = Given.Settings("Services:0:Id=", "Services:0:Secret=" + Given.Key, "Proxies:Trusted:1= ");

        Assert.Equal(["AuthCluster:Proxies:Trusted:1", "AuthCluster:Services:0:Id"], result.Faults.Select(fault => fault.Key));
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var result = Given.Settings("Devices:Limit=5000", "Tokens:Encrypt=maybe", "PublicUrl=example.com", "Webhooks:0:Secret=short");

        Assert.Equal(
            [
                "AuthCluster:Tokens:Encrypt",
                "AuthCluster:Devices:Limit",
                "AuthCluster:Webhooks:0:Url",
                "AuthCluster:Webhooks:0:Secret",
                "AuthCluster:PublicUrl",
            ],
            result.Faults.Select(fault => fault.Key));
    }

    [Fact]
    public void The_description_has_a_headline_and_a_line_for_each_fault()
    {
        var lines = Given.Settings("Devices:Limit=5000", "Activity:Kept=x").Describe().Split(Environment.NewLine);

        Assert.Equal(
            [
                "The server does not start, because settings are wrong:",
                "AuthCluster:Devices:Limit: must be between 1 and 1000, but is 5000.",
                "AuthCluster:Activity:Kept: must be a whole number, but is \"x\".",
            ],
            lines);
    }

    [Theory]
    [InlineData("Proxies:Trusted=10.0.0.1, 10.1.0.0/16")]
    [InlineData("Proxies:Trusted:0=10.0.0.1", "Proxies:Trusted:1=10.1.0.0/16")]
    public void A_list_is_one_value_with_commas_or_numbered(params string[] settings)
    {
        var result = Given.Settings(settings);

        Assert.Equal(["10.0.0.1", "10.1.0.0/16"], result.Options.Proxies.Trusted);
        Assert.Empty(result.Faults);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_list_given_in_both_forms_is_a_fault()
    {
        var fault = Assert.Single(Given.Settings("Proxies:Trusted=10.0.0.1", "Proxies:Trusted:0=10.0.0.2").Faults);

        Assert.Equal("AuthCluster:Proxies:Trusted", fault.Key);
    }

    [Fact]
    public void A_list_of_sections_keeps_its_order()
    {
        var ids = Enumerable.Range(0, 11).Select(n => $"s{n}").ToArray();

        var result = Given.Settings([.. ids.SelectMany((id, n) => new[] { $"Services:{n}:Id={id}", $"Services:{n}:Secret={Given.Key}" })]);

        Assert.Empty(result.Faults);
        Assert.Equal(ids, result.Options.Services.Select(service => service.Id));
    }

    [Fact]
    public void Empty_lists_and_nulls_of_a_json_file_are_defaults()
    {
        var json = """{"AuthCluster": {"Services": [], "Proxies": {"Trusted": []}, "PublicUrl": null, "Devices": {}}}""";
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(json));

        var result = SettingsReader.Read(new ConfigurationBuilder().AddJsonStream(file).Build());

        Assert.Empty(result.Faults);
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Options.Services);
        Assert.Equal(20, result.Options.Devices.Limit);
    }

    [Fact]
    public void Environment_variables_and_the_command_line_give_settings()
    {
        // A variable is the whole process's: this one has a prefix that no other test and no server reads.
        Environment.SetEnvironmentVariable("SettingsReaderTests_AuthCluster__Devices__Limit", "7");
        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables("SettingsReaderTests_")
            .AddCommandLine(["--AuthCluster:Services:0:Id=billing", "--AuthCluster:Services:0:Secret=" + Given.Key])
            .Build();

        var result = SettingsReader.Read(configuration);

        Assert.Empty(result.Faults);
        Assert.Equal(7, result.Options.Devices.Limit);
        Assert.Equal("billing", Assert.Single(result.Options.Services).Id);
    }

    [Theory]
    [InlineData("Devices:Limt=5", "AuthCluster:Devices:Limt", "AuthCluster:Devices:Limit")]
    [InlineData("device:LIMIT=5", "AuthCluster:device:LIMIT", "AuthCluster:Devices:Limit")]
    [InlineData("AccessLifetime=00:01:00", "AuthCluster:AccessLifetime", "AuthCluster:Tokens:AccessLifetime")]
    [InlineData("Devices=5", "AuthCluster:Devices", "AuthCluster:Services")]
    [InlineData("Devices:Limit:0=5", "AuthCluster:Devices:Limit:0", "AuthCluster:Devices:Limit")]
    [InlineData("Services:12:Identifier=x", "AuthCluster:Services:12:Identifier", "AuthCluster:Services:N:Id")]
    [InlineData("Proxies:Trusted:first=10.0.0.1", "AuthCluster:Proxies:Trusted:first", "AuthCluster:Proxies:Trusted:N")]
    public void An_unknown_key_is_warned_of_with_the_nearest_name(string setting, string key, string nearest)
    {
        var warnings = Given.Settings(setting).Warnings;

        Assert.Contains($"{key}: is not a setting and changes nothing; the nearest is {nearest}.", warnings);
    }

    [Fact]
    public void Each_unknown_key_has_one_warning() =>
        Assert.Equal(2, Given.Settings("Foo:Bar=1", "Foo:Baz=2", "Devices:Limit=5").Warnings.Count);

    [Fact]
    public void The_section_of_the_cluster_and_those_of_others_are_left_alone()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AuthCluster:Cluster:Name"] = "a",
            ["Logging:LogLevel:Default"] = "Debug",
            ["AuthClusterX:Y"] = "z",
        }).Build();

        Assert.Empty(SettingsReader.Read(configuration).Warnings);
    }
}

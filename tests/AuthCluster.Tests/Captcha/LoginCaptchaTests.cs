using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using AuthCluster.Tests.Logins;
using Xunit;

namespace AuthCluster.Tests.Captcha;

/// <summary>When a login needs a captcha. Over HTTP, with a provider that answers: the contract suites.</summary>
public sealed class LoginCaptchaTests
{
    private const string Known = "ann@example.org";
    private const string Unknown = "nobody@example.org";

    // Nobody listens there: each captcha that is sent fails.
    private const string NoProvider = "http://127.0.0.1:9/";

    [Theory]
    [InlineData(Known)]
    [InlineData(Unknown)]
    public async Task Three_failures_at_an_address_ask_for_one_wherever_the_login_comes_from(string email)
    {
        using var setup = With(Captcha());
        for (var i = 0; i < 3; i++)
            Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(email, LoginSetup.Wrong, from: $"192.0.2.{i}")).Refusal);

        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(email.ToUpperInvariant(), LoginSetup.Password, from: "192.0.2.9")).Refusal);
        Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync("other@example.org", LoginSetup.Wrong, from: "192.0.2.9")).Refusal);
    }

    [Fact]
    public async Task Three_failures_from_a_network_ask_for_one_wherever_the_login_goes()
    {
        using var setup = With(Captcha());
        for (var i = 0; i < 3; i++)
            await setup.LoginAsync($"user{i}@example.org", LoginSetup.Wrong, from: $"2001:db8::{i}");

        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(Known, LoginSetup.Password, from: "2001:db8::9")).Refusal);
        Assert.Null((await setup.LoginAsync(Known, LoginSetup.Password, from: "2001:db8:0:1::9")).Refusal);
    }

    [Theory]
    [InlineData(Known)]
    [InlineData(Unknown)]
    public async Task A_login_without_its_captcha_costs_no_hash_and_no_guess(string email)
    {
        using var setup = With(Captcha(after: 1), new AccountRules { AttemptsBeforeBackOff = 2 });
        await setup.LoginAsync(email, LoginSetup.Wrong);
        var (hashes, _) = (setup.Lane.HashCount, setup.Host.Waits);

        for (var i = 0; i < 5; i++)
            Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(email, LoginSetup.Wrong, from: "192.0.2.9")).Refusal);
        Assert.Equal(Refusal.CaptchaFailed, (await setup.LoginAsync(email, LoginSetup.Wrong, captcha: "solved", from: "192.0.2.9")).Refusal);

        Assert.Equal(hashes, setup.Lane.HashCount);
        Assert.Equal("find, find, find, find, find, find", setup.Host.Waits);
    }

    [Fact]
    public async Task The_right_password_clears_the_account_but_not_the_network()
    {
        using var setup = With(Captcha(after: 2));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(Known, LoginSetup.Wrong, from: $"192.0.2.{i}")).Refusal);
            Assert.Null((await setup.LoginAsync(Known, LoginSetup.Password, from: "198.51.100.1")).Refusal);
        }

        await setup.LoginAsync(Known, LoginSetup.Wrong, from: "203.0.113.1");
        await setup.LoginAsync(Known, LoginSetup.Password, from: "203.0.113.1");
        await setup.LoginAsync(Known, LoginSetup.Wrong, from: "203.0.113.1");

        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(Known, LoginSetup.Password, from: "203.0.113.1")).Refusal);
    }

    [Fact]
    public async Task A_known_device_answers_for_its_own_failures_alone()
    {
        using var setup = With(Captcha());
        var deviceToken = setup.DeviceTokenOf((await setup.LoginAsync(Known, LoginSetup.Password)).Result!);
        for (var i = 0; i < 3; i++)
            await setup.LoginAsync(Known, LoginSetup.Wrong);
        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(Known, LoginSetup.Password)).Refusal);

        Assert.Null((await setup.LoginAsync(Known, LoginSetup.Password, deviceToken)).Refusal);
        for (var i = 0; i < 3; i++)
            Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(Known, LoginSetup.Wrong, deviceToken)).Refusal);
        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(Known, LoginSetup.Password, deviceToken)).Refusal);
    }

    [Theory]
    [InlineData(Known)]
    [InlineData(Unknown)]
    public async Task Failures_are_forgotten_after_two_hours(string email)
    {
        using var setup = With(Captcha(after: 1));
        await setup.LoginAsync(email, LoginSetup.Wrong);

        setup.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(email, LoginSetup.Wrong)).Refusal);
        setup.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(email, LoginSetup.Wrong)).Refusal);
        setup.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(email, LoginSetup.Wrong)).Refusal);
    }

    [Fact]
    public async Task Failures_count_though_nobody_asked_for_long()
    {
        using var setup = With(Captcha(after: 1));
        setup.Time.Advance(TimeSpan.FromDays(1));

        await setup.LoginAsync(Known, LoginSetup.Wrong);

        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(Known, LoginSetup.Password)).Refusal);
    }

    [Fact]
    public async Task Where_none_are_allowed_every_login_needs_one()
    {
        using var setup = With(Captcha(after: 0));

        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(Known, LoginSetup.Password)).Refusal);
        Assert.Equal(Refusal.CaptchaRequired, (await setup.LoginAsync(Unknown, LoginSetup.Password, captcha: "")).Refusal);
    }

    [Fact]
    public async Task Without_a_provider_none_is_asked_for()
    {
        using var setup = With(new CaptchaOptions(), new AccountRules { AttemptsBeforeBackOff = 100 });
        for (var i = 0; i < 50; i++)
            await setup.LoginAsync(Known, LoginSetup.Wrong);

        Assert.Null((await setup.LoginAsync(Known, LoginSetup.Password)).Refusal);
    }

    private static CaptchaOptions Captcha(int? after = null) =>
        new() { Provider = CaptchaProvider.Turnstile, Secret = "secret", VerifyUrl = NoProvider, After = after };

    private static LoginSetup With(CaptchaOptions captcha, AccountRules? rules = null)
    {
        var setup = new LoginSetup(rules, captcha: captcha);
        setup.Account(Known);
        return setup;
    }
}

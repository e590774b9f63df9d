using System.Net;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Captchas at login. Each test calls from an address of its own, because failures count for the address as well.</summary>
public abstract class CaptchaContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Wrong = "not the password 9";

    private static readonly string[] AfterTwo = FakeCaptchaProvider.Settings(after: 2);

    [Fact]
    public async Task After_failures_at_an_account_a_login_needs_a_captcha_from_everywhere()
    {
        var api = await FromAsync(11, AfterTwo);
        var elsewhere = await FromAsync(12, AfterTwo);
        var user = await api.RegisterAsync();
        await FailTwiceAsync(api, user.Email);

        (await elsewhere.TryLoginAsync(user.Email, user.Password)).AssertProblem(400, "captcha_required");
        (await LoginAsync(elsewhere, user.Email, user.Password, "")).AssertProblem(400, "captcha_required");
        (await LoginAsync(elsewhere, user.Email, user.Password, "not solved")).AssertProblem(400, "captcha_failed");
        (await LoginAsync(elsewhere, user.Email, Wrong, FakeCaptchaProvider.Solved)).AssertProblem(401, "invalid_credentials");
        (await LoginAsync(elsewhere, user.Email, user.Password, FakeCaptchaProvider.Solved)).AssertIsTokenResponse();
        (await elsewhere.TryLoginAsync(user.Email, user.Password)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task After_failures_from_an_address_every_login_from_there_needs_a_captcha()
    {
        var api = await FromAsync(13, AfterTwo);
        var elsewhere = await FromAsync(14, AfterTwo);
        var user = await api.RegisterAsync();
        await FailTwiceAsync(api, ApiClient.NewEmail());

        (await api.TryLoginAsync(user.Email, user.Password)).AssertProblem(400, "captcha_required");
        (await elsewhere.TryLoginAsync(user.Email, user.Password)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task It_comes_before_the_password_and_costs_no_guess()
    {
        string[] settings = [.. FakeCaptchaProvider.Settings(after: 1), "Login:AttemptsPerAccount=2"];
        var api = await FromAsync(15, settings);
        var user = await api.RegisterAsync();
        (await api.TryLoginAsync(user.Email, Wrong)).AssertProblem(401, "invalid_credentials");

        for (var i = 0; i < 5; i++)
        {
            (await api.TryLoginAsync(user.Email, user.Password)).AssertProblem(400, "captcha_required");
            (await LoginAsync(api, user.Email, user.Password, "not solved")).AssertProblem(400, "captcha_failed");
        }

        (await LoginAsync(api, user.Email, user.Password, FakeCaptchaProvider.Solved)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task Nothing_about_it_tells_whether_there_is_an_account()
    {
        var api = await FromAsync(16, AfterTwo);
        var user = await api.RegisterAsync();
        var unknown = ApiClient.NewEmail();
        var elsewhere = await FromAsync(17, AfterTwo);

        foreach (var captcha in new[] { null, "not solved", FakeCaptchaProvider.Solved })
        {
            foreach (var client in new[] { api, elsewhere })
                (await LoginAsync(client, user.Email, Wrong, captcha)).AssertSameAs(await LoginAsync(client, unknown, Wrong, captcha));
        }

        (await api.TryLoginAsync(user.Email, Wrong)).AssertProblem(400, "captcha_required").AssertSameAs(await api.TryLoginAsync(unknown, Wrong));
        (await LoginAsync(api, user.Email, Wrong, "no")).AssertProblem(400, "captcha_failed").AssertSameAs(await LoginAsync(api, unknown, Wrong, "no"));
    }

    [Fact]
    public async Task Guessing_strangers_do_not_make_a_known_device_solve_captchas()
    {
        var api = await FromAsync(18, AfterTwo);
        var session = await api.SignUpAsync();
        await FailTwiceAsync(api, session.User.Email);
        (await api.TryLoginAsync(session.User.Email, session.User.Password)).AssertProblem(400, "captcha_required");

        await api.LoginAsync(session.User, deviceToken: session.DeviceToken);
    }

    [Fact]
    public async Task The_provider_is_asked_once_with_the_secret_the_captcha_and_the_address()
    {
        var api = await FromAsync(19, FakeCaptchaProvider.Settings(after: 0));
        var captcha = $"odd & long = {new string('x', 4000)} {Guid.NewGuid()}";
        var user = await api.RegisterAsync();

        (await LoginAsync(api, user.Email, user.Password, captcha)).AssertProblem(400, "captcha_failed");

        var asked = Assert.Single(FakeCaptchaProvider.Shared.Asked(captcha));
        Assert.Equal(FakeCaptchaProvider.Secret, FakeCaptchaProvider.Field(asked, "secret"));
        Assert.Equal("127.0.0.19", FakeCaptchaProvider.Field(asked, "remoteip"));
    }

    [Fact]
    public async Task What_is_not_asked_for_is_not_checked()
    {
        var api = await FromAsync(20, AfterTwo);
        var user = await api.RegisterAsync();
        var captcha = $"{Guid.NewGuid()}";

        (await LoginAsync(api, user.Email, user.Password, captcha)).AssertIsTokenResponse();

        Assert.Empty(FakeCaptchaProvider.Shared.Asked(captcha));
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("text in place of true")]
    [InlineData("list")]
    [InlineData("no JSON")]
    [InlineData("empty")]
    [InlineData("failure")]
    [InlineData("redirect")]
    [InlineData("endless")]
    public async Task A_provider_that_does_not_plainly_say_yes_lets_nobody_in(string captcha)
    {
        var api = await FromAsync(21, FakeCaptchaProvider.Settings(after: 0));
        var user = await api.RegisterAsync();

        (await LoginAsync(api, user.Email, user.Password, captcha)).AssertProblem(400, "captcha_failed");
    }

    [Fact]
    public async Task A_provider_that_is_not_there_lets_nobody_in()
    {
        // Nobody listens at the port of "discard".
        var api = await ConnectAsync(
            "Captcha:Provider=hCaptcha", "Captcha:Secret=any", "Captcha:VerifyUrl=http://127.0.0.1:9/", "Captcha:After=0");
        var user = await api.RegisterAsync();

        (await LoginAsync(api, user.Email, user.Password, FakeCaptchaProvider.Solved)).AssertProblem(400, "captcha_failed");
    }

    [Fact]
    public async Task A_captcha_of_absurd_length_is_refused()
    {
        var api = await FromAsync(22, AfterTwo);

        (await LoginAsync(api, ApiClient.NewEmail(), Wrong, new string('x', 20_000))).AssertProblem(400, "validation_failed", "captcha");
    }

    private Task<ApiClient> FromAsync(byte address, string[] settings) => ConnectFromAsync(new IPAddress([127, 0, 0, address]), settings);

    private static Task<Answer> LoginAsync(ApiClient api, string email, string password, string? captcha) =>
        api.PostAsync("/api/user/login", new { email, password, captcha });

    private static async Task FailTwiceAsync(ApiClient api, string email)
    {
        for (var i = 0; i < 2; i++)
            (await api.TryLoginAsync(email, Wrong)).AssertProblem(401, "invalid_credentials");
    }
}

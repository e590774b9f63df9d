using Xunit;

namespace AuthCluster.Contract;

/// <summary>Logins of users who have a second factor.</summary>
public abstract class SecondFactorLoginContract(SharedServers servers) : ContractSuite(servers)
{
    private const string LoginMfa = "/api/user/login/mfa";
    private const string Wrong = "not the password 9";

    [Fact]
    public async Task The_right_password_alone_is_told_what_is_missing()
    {
        var api = await ConnectAsync();
        var (on, _) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());

        var answer = (await api.TryLoginAsync(on.User)).AssertProblem(401, "mfa_required");

        answer.Json.AssertMembers("type", "title", "status", "detail", "code", "mfa_token", "methods");
        Assert.Equal("otp", Assert.Single(answer.Json.GetProperty("methods").EnumerateArray()).GetString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        var token = DecodedToken.Of(answer.Json.Text("mfa_token"));
        Assert.Equal("mfa+jwt", token.Header.Text("typ"));
        Assert.Equal(300, token.Expires - token.Issued);
        (await api.GetAsync("/api/user/devices", on.Access)).AssertStatus(200);
        Assert.Equal(1, (await api.GetAsync("/api/user/devices", on.Access)).Json.GetArrayLength());
    }

    [Fact]
    public async Task Wrong_passwords_are_answered_as_those_of_anybody()
    {
        var api = await ConnectAsync();
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        var nobody = (await api.TryLoginAsync(ApiClient.NewEmail(), Wrong)).AssertProblem(401, "invalid_credentials");

        nobody.AssertSameAs(await api.TryLoginAsync(on.User with { Password = Wrong }));
        nobody.AssertSameAs(await api.TryLoginAsync(on.User with { Password = Wrong }, otp: codes[0]));
        // Nor does the right password with a wrong code tell which of them was wrong.
        nobody.AssertSameAs(await api.TryLoginAsync(on.User, otp: "000000"));
        // And a right code with a wrong password is not used up.
        (await api.TryLoginAsync(on.User, otp: codes[0])).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task A_code_completes_the_login_with_its_name_and_device()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var app = await Authenticator.CreateAsync(api, session);
        var (on, _) = await app.ConfirmAsync(api, session);
        var login = new { email = on.User.Email, password = on.User.Password, device_name = "Kitchen", device_token = on.DeviceToken };
        var challenge = (await api.PostAsync("/api/user/login", login)).AssertProblem(401, "mfa_required").Json.Text("mfa_token");

        var answer = await api.PostAsync(LoginMfa, new { mfa_token = challenge, code = await app.NextCodeAsync() });

        answer.AssertIsTokenResponse(mfaEnabled: true);
        var completed = Session.Of(on.User, answer);
        Assert.Equal("Kitchen", completed.Response.GetProperty("device").Text("name"));
        (await api.GetAsync("/api/forward-auth?amr=otp", completed.Access)).AssertEmpty(200);
        await api.AssertLivesAsync(completed, mfaEnabled: true);
        await api.AssertLivesAsync(on, mfaEnabled: true);
    }

    [Fact]
    public async Task The_code_that_turned_it_on_logs_nobody_in()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var code = await (await Authenticator.CreateAsync(api, session)).NextCodeAsync();
        (await api.PostAsync("/api/user/totp/confirm", new { code }, session.Access)).AssertStatus(200);

        (await api.TryLoginAsync(session.User, otp: code)).AssertProblem(401, "invalid_credentials");
    }

    [Theory]
    [InlineData(" {0} {1} ")]
    [InlineData("{0}-{1}")]
    [InlineData("\u00a0{0}\u2009{1}\t")]
    [InlineData("{0}\u2013{1}")]
    public async Task Blanks_and_dashes_in_a_code_do_not_count(string typed)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var app = await Authenticator.CreateAsync(api, session);
        var (on, codes) = await app.ConfirmAsync(api, session);
        var code = await app.NextCodeAsync();

        var spelled = typed.Replace("{0}", code[..3], StringComparison.Ordinal).Replace("{1}", code[3..], StringComparison.Ordinal);
        (await api.TryLoginAsync(on.User, otp: spelled)).AssertIsTokenResponse(mfaEnabled: true);

        var bare = codes[0].Replace("-", "", StringComparison.Ordinal);
        (await api.TryLoginAsync(on.User, otp: bare.ToUpperInvariant())).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task Each_emergency_code_is_good_once()
    {
        var api = await ConnectAsync("Login:CodeAttempts=100");
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());

        foreach (var code in codes)
            (await api.TryLoginAsync(on.User, otp: code)).AssertIsTokenResponse(mfaEnabled: true);

        foreach (var code in codes)
            (await api.TryLoginAsync(on.User, otp: code)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_challenge_is_good_for_one_success_and_for_nothing_else()
    {
        var api = await ConnectAsync();
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        var challenge = await ChallengeAsync(api, on.User);
        var other = await ChallengeAsync(api, on.User);

        await api.AssertAccessIsRefusedAsync(challenge);
        await api.AssertRefreshIsRefusedAsync(challenge);
        (await CompleteAsync(api, challenge, "000000")).AssertProblem(401, "invalid_credentials");
        (await CompleteAsync(api, challenge, codes[0])).AssertIsTokenResponse(mfaEnabled: true);

        (await CompleteAsync(api, challenge, codes[1])).AssertProblem(401, "token_not_valid");
        (await CompleteAsync(api, other, codes[1])).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task Nothing_but_a_challenge_is_one()
    {
        var api = await ConnectAsync();
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        var challenge = await ChallengeAsync(api, on.User);

        foreach (var token in new[] { on.Access, on.Refresh, on.DeviceToken, challenge[..^1], $"{challenge}A", "x" })
            (await CompleteAsync(api, token, codes[0])).AssertProblem(401, "token_not_valid");

        (await CompleteAsync(api, challenge, new string('1', 129))).AssertProblem(400, "validation_failed", "code");
        (await CompleteAsync(api, new string('x', 16_385), codes[0])).AssertProblem(400, "validation_failed", "mfa_token");
        (await api.PostAsync(LoginMfa, new { })).AssertProblem(400, "validation_failed", "code", "mfa_token");
        (await CompleteAsync(api, challenge, codes[0])).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task A_challenge_is_void_with_the_password_and_with_a_logout_of_all()
    {
        var api = await ConnectAsync();
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        var ofOldPassword = await ChallengeAsync(api, on.User);
        var change = new { current_password = on.User.Password, new_password = "cobalt window 2219" };
        var renewed = Session.Of(on.User with { Password = "cobalt window 2219" }, await api.PostAsync("/api/user/password", change, on.Access));
        (await CompleteAsync(api, ofOldPassword, codes[0])).AssertProblem(401, "token_not_valid");
        var beforeLogout = await ChallengeAsync(api, renewed.User);

        (await api.PostAsync("/api/user/logout/all", token: renewed.Access)).AssertEmpty(204);

        (await CompleteAsync(api, beforeLogout, codes[0])).AssertProblem(401, "token_not_valid");
        (await CompleteAsync(api, await ChallengeAsync(api, renewed.User), codes[0])).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task A_deactivated_user_completes_no_login()
    {
        var api = await ConnectAsync();
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        var challenge = await ChallengeAsync(api, on.User);
        var administrator = await api.LoginAsAdministratorAsync();

        (await api.PatchAsync($"/api/admin/users/{on.User.Id}", new { is_active = false }, administrator.Access)).AssertStatus(200);

        (await CompleteAsync(api, challenge, codes[0])).AssertProblem(401, "token_not_valid");
        (await api.TryLoginAsync(on.User, otp: codes[0])).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task Wrong_codes_back_off_whichever_way_they_come_and_known_devices_have_their_own_budget()
    {
        var api = await ConnectAsync("Login:CodeAttempts=2");
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        (await api.TryLoginAsync(on.User, otp: "000000")).AssertProblem(401, "invalid_credentials");
        (await CompleteAsync(api, await ChallengeAsync(api, on.User), "000000")).AssertProblem(401, "invalid_credentials");

        var refused = (await CompleteAsync(api, await ChallengeAsync(api, on.User), codes[0])).AssertProblem(429, "too_many_attempts");

        (await api.TryLoginAsync(on.User, otp: codes[0])).AssertProblem(429, "too_many_attempts");
        (await api.TryLoginAsync(on.User, otp: codes[0], deviceToken: on.DeviceToken)).AssertIsTokenResponse(mfaEnabled: true);
        await Task.Delay(refused.RetryAfter);
        (await api.TryLoginAsync(on.User, otp: codes[1])).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task A_right_code_that_was_used_is_refused_and_is_no_guess()
    {
        var api = await ConnectAsync("Login:CodeAttempts=2");
        var session = await api.SignUpAsync();
        var app = await Authenticator.CreateAsync(api, session);
        var (on, codes) = await app.ConfirmAsync(api, session);
        var code = await app.NextCodeAsync();
        (await api.TryLoginAsync(on.User, otp: code)).AssertIsTokenResponse(mfaEnabled: true);

        for (var i = 0; i < 4; i++)
            (await api.TryLoginAsync(on.User, otp: code)).AssertProblem(401, "invalid_credentials");

        (await api.TryLoginAsync(on.User, otp: codes[0])).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_64_logins_at_once_with_one_code_one_succeeds(bool isEmergency)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var app = await Authenticator.CreateAsync(api, session);
        var (on, codes) = await app.ConfirmAsync(api, session);
        var challenges = new List<string>();
        for (var i = 0; i < 64; i++)
            challenges.Add(await ChallengeAsync(api, on.User));
        var code = isEmergency ? codes[0] : await app.NextCodeAsync();

        var answers = await Task.WhenAll(challenges.Select(challenge => CompleteAsync(api, challenge, code)));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains(answer.Status, (int[])[401, 429]));
    }

    private static async Task<string> ChallengeAsync(ApiClient api, User user) =>
        (await api.TryLoginAsync(user)).AssertProblem(401, "mfa_required").Json.Text("mfa_token");

    private static Task<Answer> CompleteAsync(ApiClient api, string challenge, string code) =>
        api.PostAsync(LoginMfa, new { mfa_token = challenge, code });
}

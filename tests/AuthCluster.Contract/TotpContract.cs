using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Turning a second factor on and off, and what a session may do that has proved it.</summary>
public abstract class TotpContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Create = "/api/user/totp/create";
    private const string Confirm = "/api/user/totp/confirm";
    private const string StepUp = "/api/user/totp/login";
    private const string Delete = "/api/user/totp/delete";
    private const string Renew = "/api/user/static/create";

    [Fact]
    public async Task A_new_secret_is_shown_as_apps_take_it()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var answer = (await CreateAsync(api, session)).AssertStatus(201);

        var shown = answer.Json.AssertMembers("secret", "otpauth_uri", "qr_svg");
        Assert.Matches("^[A-Z2-7]{32}$", shown.Text("secret"));
        Assert.StartsWith("otpauth://totp/", shown.Text("otpauth_uri"), StringComparison.Ordinal);
        Assert.Contains($"secret={shown.Text("secret")}&", shown.Text("otpauth_uri"), StringComparison.Ordinal);
        Assert.Equal("svg", XElement.Parse(shown.Text("qr_svg")).Name.LocalName);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task It_is_not_in_force_before_a_code_confirms_it()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        await Authenticator.CreateAsync(api, session);

        (await api.PostAsync(Confirm, new { code = "000000" }, session.Access)).AssertProblem(400, "validation_failed", "code");

        (await api.TryLoginAsync(session.User)).AssertIsTokenResponse();
        (await api.GetAsync("/api/user/view", session.Access)).AssertStatus(200).Json.AssertIsUser();
        (await api.PostAsync(StepUp, new { code = "000000" }, session.Access)).AssertProblem(409, "conflict");
    }

    [Fact]
    public async Task Confirmed_it_is_on_with_ten_emergency_codes_and_every_other_session_is_over()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);
        var app = await Authenticator.CreateAsync(api, session);

        var answer = await api.PostAsync(Confirm, new { code = await app.NextCodeAsync() }, session.Access);

        answer.AssertIsTokenResponse(mfaEnabled: true, "emergency_codes");
        var confirmed = Session.Of(session.User, answer);
        Assert.Equal(10, CodesOf(answer).Distinct().Count());
        Assert.Equal(session.DeviceId, confirmed.DeviceId);
        Assert.Equal(["pwd", "otp"], MethodsOf(confirmed));
        await api.AssertIsOverAsync(session);
        await api.AssertIsOverAsync(other);
        await api.AssertLivesAsync(confirmed, mfaEnabled: true);
    }

    [Fact]
    public async Task It_takes_the_password_and_nothing_shows_the_secret_again()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var wrong = new { current_password = "not the password 9" };
        (await api.PostAsync(Create, wrong, session.Access)).AssertProblem(400, "validation_failed", "current_password");
        (await api.PostAsync(Create, new { }, session.Access)).AssertProblem(400, "validation_failed", "current_password");
        var secret = (await CreateAsync(api, session)).AssertStatus(201).Json.Text("secret");
        var (on, _) = await new Authenticator(secret).ConfirmAsync(api, session);

        (await CreateAsync(api, on)).AssertProblem(409, "conflict");

        foreach (var path in new[] { "/api/user/view", "/api/user/devices", "/api/user/activity" })
            Assert.DoesNotContain(secret, (await api.GetAsync(path, on.Access)).AssertStatus(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_steps_a_session_up()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        (await api.GetAsync("/api/forward-auth?amr=otp", session.Access)).AssertProblem(403, "mfa_step_up_required");
        (await api.GetAsync("/api/forward-auth?amr=pwd", session.Access)).AssertEmpty(200);
        var app = await Authenticator.CreateAsync(api, session);
        var (on, _) = await app.ConfirmAsync(api, session);

        var answer = await api.PostAsync(StepUp, new { code = await app.NextCodeAsync() }, on.Access);

        answer.AssertIsTokenResponse(mfaEnabled: true);
        var raised = Session.Of(session.User, answer);
        Assert.Equal(on.DeviceId, raised.DeviceId);
        Assert.Equal(["pwd", "otp"], MethodsOf(raised));
        var token = DecodedToken.Of(raised.Access).Payload;
        Assert.True(token.GetProperty("auth_time").GetInt64() >= DecodedToken.Of(on.Access).Payload.GetProperty("auth_time").GetInt64());
        (await api.GetAsync("/api/forward-auth?amr=otp", raised.Access)).AssertEmpty(200);
        (await api.GetAsync("/api/forward-auth?amr=otp&amr=hwk", raised.Access)).AssertProblem(403, "mfa_step_up_required");
    }

    [Fact]
    public async Task A_session_keeps_what_it_proved_over_a_refresh()
    {
        var api = await ConnectAsync();
        var (on, _) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());

        var renewed = await api.RefreshAsync(on);

        Assert.Equal(["pwd", "otp"], MethodsOf(renewed));
        (await api.GetAsync("/api/forward-auth?amr=otp", renewed.Access)).AssertEmpty(200);
    }

    [Fact]
    public async Task Neither_the_password_nor_the_code_alone_turns_it_off()
    {
        var api = await ConnectAsync();
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        var password = on.User.Password;

        (await DeleteAsync(api, on, "not the password 9", codes[0])).AssertProblem(400, "validation_failed", "current_password");
        (await DeleteAsync(api, on, password, "000000")).AssertProblem(400, "validation_failed", "code");
        (await api.PostAsync(Delete, new { }, on.Access)).AssertProblem(400, "validation_failed", "code", "current_password");

        (await api.TryLoginAsync(on.User)).AssertProblem(401, "mfa_required");
        // The wrong password did not use the code up.
        (await DeleteAsync(api, on, password, codes[0])).AssertIsTokenResponse();
    }

    [Fact]
    public async Task Turned_off_the_password_is_enough_and_no_token_says_otp()
    {
        var api = await ConnectAsync();
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        var other = Session.Of(on.User, await api.TryLoginAsync(on.User, otp: codes[0]));

        var off = Session.Of(on.User, (await DeleteAsync(api, on, on.User.Password, codes[1])).AssertIsTokenResponse());

        Assert.Equal(["pwd"], MethodsOf(off));
        (await api.GetAsync("/api/forward-auth?amr=otp", off.Access)).AssertProblem(403, "mfa_step_up_required");
        await api.AssertAccessIsRefusedAsync(other.Access);
        Assert.Equal(["pwd"], MethodsOf(await api.RefreshAsync(other)));
        (await api.TryLoginAsync(on.User)).AssertIsTokenResponse();
        (await api.PostAsync(Renew, new { code = codes[2] }, off.Access)).AssertProblem(409, "conflict");
    }

    [Fact]
    public async Task New_emergency_codes_void_the_old_ones()
    {
        var api = await ConnectAsync();
        var (on, old) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());

        var answer = (await api.PostAsync(Renew, new { code = old[0] }, on.Access)).AssertStatus(201);

        answer.Json.AssertMembers("emergency_codes");
        var codes = CodesOf(answer);
        Assert.Equal(10, codes.Except(old).Count());
        (await api.TryLoginAsync(on.User, otp: old[1])).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(on.User, otp: codes[0])).AssertIsTokenResponse(mfaEnabled: true);
        (await api.PostAsync(Renew, new { code = "000000" }, on.Access)).AssertProblem(400, "validation_failed", "code");
    }

    [Fact]
    public async Task Wrong_codes_have_a_budget_of_their_own()
    {
        var api = await ConnectAsync("Login:CodeAttempts=2");
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        for (var i = 0; i < 2; i++)
            (await api.PostAsync(StepUp, new { code = "000000" }, on.Access)).AssertProblem(400, "validation_failed", "code");

        var refused = (await api.PostAsync(StepUp, new { code = codes[0] }, on.Access)).AssertProblem(429, "too_many_attempts");

        (await DeleteAsync(api, on, on.User.Password, codes[0])).AssertProblem(429, "too_many_attempts");
        var wrong = new { current_password = "not the password 9", new_password = "cobalt window 2219" };
        (await api.PostAsync("/api/user/password", wrong, on.Access)).AssertProblem(400, "validation_failed", "current_password");
        await Task.Delay(refused.RetryAfter);
        (await api.PostAsync(StepUp, new { code = codes[0] }, on.Access)).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task The_owner_sees_what_was_done()
    {
        var api = await ConnectAsync();
        var (on, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        (await api.PostAsync(StepUp, new { code = "000000" }, on.Access)).AssertStatus(400);
        var renewed = CodesOf(await api.PostAsync(Renew, new { code = codes[0] }, on.Access));
        var off = Session.Of(on.User, await DeleteAsync(api, on, on.User.Password, renewed[0]));

        var entries = (await api.GetAsync("/api/user/activity", off.Access)).AssertStatus(200).Json.EnumerateArray();

        Assert.Contains(("mfa_disabled", "succeeded", "emergency_code"), entries.Select(SeenOf));
        Assert.Contains(("emergency_codes_created", "succeeded", "emergency_code"), entries.Select(SeenOf));
        Assert.Contains(("stepped_up", "failed", "wrong_code"), entries.Select(SeenOf));
        Assert.Contains(("mfa_enabled", "succeeded", null), entries.Select(SeenOf));
        Assert.Contains(("totp_created", "succeeded", null), entries.Select(SeenOf));
    }

    [Theory]
    [InlineData(Confirm)]
    [InlineData(StepUp)]
    [InlineData(Renew)]
    public async Task What_is_no_code_at_all_is_named(string path)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.PostAsync(path, new { }, session.Access)).AssertProblem(400, "validation_failed", "code");
        (await api.PostAsync(path, new { code = "" }, session.Access)).AssertProblem(400, "validation_failed", "code");
        (await api.PostAsync(path, new { code = new string('1', 129) }, session.Access)).AssertProblem(400, "validation_failed", "code");
        (await api.PostAsync(path, new { code = 123456 }, session.Access)).AssertProblem(400, "invalid_request");
        (await api.PostAsync(path, new { code = "123456" }, session.Access)).AssertProblem(409, "conflict");
        (await api.PostAsync(path, new { code = "123456" })).AssertProblem(401, "not_authenticated");
    }

    [Fact]
    public async Task Of_64_confirmations_at_once_with_one_code_one_succeeds()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var code = await (await Authenticator.CreateAsync(api, session)).NextCodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => api.PostAsync(Confirm, new { code }, session.Access)));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains(answer.Status, (int[])[401, 429]));
    }

    [Fact]
    public async Task An_account_with_a_second_factor_can_be_deleted_from_a_session_that_proved_it()
    {
        var api = await ConnectAsync();
        var (on, _) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());

        (await api.DeleteAsync("/api/user/delete", on.Access, new { current_password = on.User.Password })).AssertEmpty(204);

        (await api.TryLoginAsync(on.User)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task The_calls_are_under_the_limit_of_the_address()
    {
        var api = await ConnectToOwnServerAsync("RateLimits:PerAddress=10");
        for (var i = 0; i < 10; i++)
            (await api.PostAsync("/api/user/login/mfa", new { mfa_token = "x", code = "000000" })).AssertProblem(401, "token_not_valid");

        foreach (var path in new[] { "login/mfa", "totp/create", "totp/confirm", "totp/login", "totp/delete", "static/create" })
            (await api.PostAsync($"/api/user/{path}", new { })).AssertProblem(429, "too_many_attempts");
    }

    private static Task<Answer> CreateAsync(ApiClient api, Session session) =>
        api.PostAsync(Create, new { current_password = session.User.Password }, session.Access);

    private static Task<Answer> DeleteAsync(ApiClient api, Session session, string password, string code) =>
        api.PostAsync(Delete, new { current_password = password, code }, session.Access);

    private static List<string> CodesOf(Answer answer) =>
        [.. answer.Json.GetProperty("emergency_codes").EnumerateArray().Select(code => code.GetString()!)];

    private static string[] MethodsOf(Session session) =>
        [.. DecodedToken.Of(session.Access).Payload.GetProperty("amr").EnumerateArray().Select(method => method.GetString()!)];

    private static (string Event, string Outcome, string? Reason) SeenOf(JsonElement entry) =>
        (entry.Text("event"), entry.Text("outcome"), entry.GetProperty("reason").GetString());
}

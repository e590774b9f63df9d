using Xunit;

namespace AuthCluster.Contract;

/// <summary>What is done by the links of mails: an address confirmed, a password reset, an address changed, a stranger thrown out.</summary>
public abstract class MailContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Url = "PublicUrl=https://id.example.com";
    private const string Confirmation = "Registration:ConfirmEmail=true";
    private const string Reset = "/api/user/password/reset";
    private const string ResetConfirm = "/api/user/password/reset/confirm";
    private const string Verify = "/api/user/verify";
    private const string ChangeEmail = "/api/user/email";
    private const string ConfirmEmail = "/api/user/email/confirm";
    private const string NotMe = "/api/user/not-me";
    private const string NewPassword = "cobalt window 2219";

    /// <summary>One for all tests of a run: each looks for mails to addresses of its own.</summary>
    private static readonly Mailbox Mails = new(Directory.CreateTempSubdirectory("authcluster-mails-").FullName);

    [Fact]
    public async Task A_registration_is_confirmed_by_the_link_of_a_mail()
    {
        var api = await ConnectAsync(Mails.Setting, Url, Confirmation);
        var user = await RegisterUnconfirmedAsync(api);
        (await api.TryLoginAsync(user)).AssertProblem(403, "email_not_verified");

        var mail = await Mails.ReadAsync(user.Email, "Confirm");
        Assert.StartsWith("https://id.example.com/verify#token=", mail.Link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains(mail.Token, mail.Html, StringComparison.Ordinal);
        (await api.PostAsync(Verify, new { token = mail.Token })).AssertEmpty(204);

        var session = Session.Of(user, await api.TryLoginAsync(user));
        Assert.True((await api.GetAsync("/api/user/view", session.Access)).AssertStatus(200).Json.GetProperty("email_verified").GetBoolean());
        (await api.PostAsync(Verify, new { token = mail.Token })).AssertProblem(400, "validation_failed", "token");
    }

    [Fact]
    public async Task A_later_registration_replaces_one_that_nobody_confirmed()
    {
        var api = await ConnectAsync(Mails.Setting, Url, Confirmation);
        var first = await RegisterUnconfirmedAsync(api);
        var mail = await Mails.ReadAsync(first.Email, "Confirm");

        (await api.PostAsync("/api/user/create", new { email = first.Email, password = NewPassword })).AssertEmpty(202);

        (await api.TryLoginAsync(first)).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(first.Email, NewPassword)).AssertProblem(403, "email_not_verified");
        (await api.PostAsync(Verify, new { token = mail.Token })).AssertProblem(400, "validation_failed", "token");
    }

    [Fact]
    public async Task A_confirmed_registration_is_replaced_by_nobody()
    {
        var api = await ConnectAsync(Mails.Setting, Url, Confirmation);
        var user = await RegisterUnconfirmedAsync(api);
        (await api.PostAsync(Verify, new { token = (await Mails.ReadAsync(user.Email, "Confirm")).Token })).AssertEmpty(204);

        (await api.PostAsync("/api/user/create", new { email = user.Email, password = NewPassword })).AssertEmpty(202);

        (await api.TryLoginAsync(user.Email, NewPassword)).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(user)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task Resend_and_reset_are_answered_alike_for_every_address()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var user = await api.RegisterAsync();
        foreach (var path in new[] { Reset, "/api/user/verify/resend" })
        {
            var known = await api.PostAsync(path, new { email = user.Email });
            var again = await api.PostAsync(path, new { email = user.Email });
            var unknown = await api.PostAsync(path, new { email = ApiClient.NewEmail() });
            known.AssertEmpty(202);
            again.AssertEmpty(202);
            unknown.AssertEmpty(202);
            Assert.Equal(known.Headers.Keys.Order(StringComparer.Ordinal), unknown.Headers.Keys.Order(StringComparer.Ordinal));
        }

        (await api.PostAsync(Reset, new { email = "no address" })).AssertProblem(400, "validation_failed", "email");
    }

    [Fact]
    public async Task Anybody_can_ask_for_one_mail_a_minute_and_no_more()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var user = await api.RegisterAsync();
        for (var i = 0; i < 8; i++)
            (await api.PostAsync(Reset, new { email = user.Email })).AssertEmpty(202);

        await Mails.ReadAsync(user.Email, "Choose a new password");
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Single(Mails.To(user.Email));
    }

    [Fact]
    public async Task A_reset_sets_the_password_and_ends_every_session()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);
        var token = await RequestResetAsync(api, session.User.Email);
        (await api.GetAsync("/api/user/view", session.Access)).AssertStatus(200);

        (await api.PostAsync(ResetConfirm, new { token, new_password = "short" })).AssertProblem(400, "validation_failed", "new_password");
        (await api.PostAsync(ResetConfirm, new { token, new_password = NewPassword })).AssertEmpty(204);

        foreach (var dead in new[] { session, other })
        {
            (await api.GetAsync("/api/user/view", dead.Access)).AssertProblem(401, "token_not_valid");
            (await api.TryRefreshAsync(dead.Refresh)).AssertProblem(401, "token_not_valid");
        }

        (await api.TryLoginAsync(session.User)).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(session.User.Email, NewPassword)).AssertIsTokenResponse();
        await Mails.ReadAsync(session.User.Email, "Your password has changed");
        (await api.PostAsync(ResetConfirm, new { token, new_password = "walnut ladder 4711" })).AssertProblem(400, "validation_failed", "token");
    }

    [Fact]
    public async Task A_reset_does_not_skip_the_second_factor()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var (session, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        var token = await RequestResetAsync(api, session.User.Email);

        (await api.PostAsync(ResetConfirm, new { token, new_password = NewPassword })).AssertEmpty(204);

        (await api.TryLoginAsync(session.User.Email, NewPassword)).AssertProblem(401, "mfa_required");
        (await api.TryLoginAsync(session.User with { Password = NewPassword }, otp: codes[0])).AssertIsTokenResponse(mfaEnabled: true);
    }

    [Fact]
    public async Task A_link_is_good_once_however_many_come_at_the_same_time()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var user = await api.RegisterAsync();
        var reset = await RequestResetAsync(api, user.Email);
        await AssertOneOf64SucceedsAsync(i => api.PostAsync(ResetConfirm, new { token = reset, new_password = $"cobalt window {i}-2219" }));
        var notice = (await Mails.ReadAsync(user.Email, "Your password has changed")).Token;
        await AssertOneOf64SucceedsAsync(_ => api.PostAsync(NotMe, new { token = notice }));

        var session = await api.SignUpAsync();
        (await api.PostAsync("/api/user/verify/resend", new { email = session.User.Email })).AssertEmpty(202);
        var verify = (await Mails.ReadAsync(session.User.Email, "Confirm")).Token;
        await AssertOneOf64SucceedsAsync(_ => api.PostAsync(Verify, new { token = verify }));

        var newEmail = ApiClient.NewEmail();
        (await RequestChangeAsync(api, session, newEmail)).AssertEmpty(202);
        var change = (await Mails.ReadAsync(newEmail, "Confirm your new")).Token;
        await AssertOneOf64SucceedsAsync(_ => api.PostAsync(ConfirmEmail, new { token = change }));
        var undo = (await Mails.ReadAsync(session.User.Email, "has changed")).Token;
        await AssertOneOf64SucceedsAsync(_ => api.PostAsync(ConfirmEmail, new { token = undo }));
    }

    [Fact]
    public async Task A_changed_password_voids_the_link_of_a_reset()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var session = await api.SignUpAsync();
        var token = await RequestResetAsync(api, session.User.Email);
        (await api.PostAsync("/api/user/password", new { current_password = session.User.Password, new_password = NewPassword }, session.Access)).AssertStatus(200);

        (await api.PostAsync(ResetConfirm, new { token, new_password = "walnut ladder 4711" })).AssertProblem(400, "validation_failed", "token");
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_purpose_only()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var user = await api.RegisterAsync();
        var token = await RequestResetAsync(api, user.Email);

        foreach (var path in new[] { Verify, ConfirmEmail, NotMe })
            (await api.PostAsync(path, new { token })).AssertProblem(400, "validation_failed", "token");
        var last = token[^2] == 'A' ? 'B' : 'A';
        foreach (var forged in new[] { "x", token[..^1], token + "A", token[..^2] + last + token[^1], new string('A', 64) })
            (await api.PostAsync(ResetConfirm, new { token = forged, new_password = NewPassword })).AssertProblem(400, "validation_failed", "token");
        (await api.PostAsync(ResetConfirm, new { token, new_password = NewPassword })).AssertEmpty(204);
    }

    [Fact]
    public async Task An_address_changes_when_its_new_owner_confirms_it()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var session = await api.SignUpAsync();
        var newEmail = ApiClient.NewEmail();
        (await api.PostAsync(ChangeEmail, new { new_email = newEmail, current_password = "wrong" }, session.Access))
            .AssertProblem(400, "validation_failed", "current_password");

        (await RequestChangeAsync(api, session, newEmail)).AssertEmpty(202);
        var link = await Mails.ReadAsync(newEmail, "Confirm your new");
        Assert.Contains(newEmail, (await Mails.ReadAsync(session.User.Email, "is to change")).Text, StringComparison.Ordinal);
        (await api.TryLoginAsync(newEmail, session.User.Password)).AssertProblem(401, "invalid_credentials");
        (await api.PostAsync(ConfirmEmail, new { token = link.Token })).AssertEmpty(204);

        (await api.GetAsync("/api/user/view", session.Access)).AssertProblem(401, "token_not_valid");
        var refreshed = Session.Of(session.User, await api.TryRefreshAsync(session.Refresh));
        var view = (await api.GetAsync("/api/user/view", refreshed.Access)).AssertStatus(200).Json;
        Assert.Equal(newEmail, view.Text("email"));
        Assert.True(view.GetProperty("email_verified").GetBoolean());
        (await api.TryLoginAsync(session.User)).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(newEmail, session.User.Password)).AssertIsTokenResponse();
        (await api.PostAsync(ConfirmEmail, new { token = link.Token })).AssertProblem(400, "validation_failed", "token");
        await Mails.ReadAsync(session.User.Email, "has changed");
    }

    [Fact]
    public async Task The_owner_of_the_old_address_takes_a_change_back()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var session = await api.SignUpAsync();
        var newEmail = ApiClient.NewEmail();
        (await RequestChangeAsync(api, session, newEmail)).AssertEmpty(202);
        var notice = await Mails.ReadAsync(session.User.Email, "is to change");
        (await api.PostAsync(ConfirmEmail, new { token = (await Mails.ReadAsync(newEmail, "Confirm your new")).Token })).AssertEmpty(204);

        (await api.PostAsync(ConfirmEmail, new { token = notice.Token })).AssertEmpty(204);

        (await api.TryRefreshAsync(session.Refresh)).AssertProblem(401, "token_not_valid");
        (await api.TryLoginAsync(newEmail, session.User.Password)).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(session.User)).AssertIsTokenResponse();
        var reset = await Mails.ReadAsync(session.User.Email, "Choose a new password");
        (await api.PostAsync(ResetConfirm, new { token = reset.Token, new_password = NewPassword })).AssertEmpty(204);
    }

    [Fact]
    public async Task An_address_that_was_taken_in_the_meantime_is_not_changed_to()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var session = await api.SignUpAsync();
        var taken = await api.RegisterAsync();
        (await RequestChangeAsync(api, session, taken.Email)).AssertEmpty(202);
        var link = await Mails.ReadAsync(taken.Email, "Confirm your new");

        (await api.PostAsync(ConfirmEmail, new { token = link.Token })).AssertProblem(409, "email_taken");

        (await api.TryLoginAsync(session.User)).AssertIsTokenResponse();
        (await api.TryLoginAsync(taken)).AssertIsTokenResponse();
    }

    [Fact]
    public async Task With_a_second_factor_a_change_of_address_asks_for_it()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var (session, _) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        (await RequestChangeAsync(api, session, ApiClient.NewEmail())).AssertEmpty(202);
    }

    [Fact]
    public async Task A_login_from_a_new_device_is_told_and_thrown_out_by_its_link()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var session = await api.SignUpAsync();
        var known = await api.LoginAsync(session.User, deviceToken: session.Response.Text("device_token"));
        Assert.Empty(Mails.To(session.User.Email));

        var thief = await api.LoginAsync(session.User);
        var notice = await Mails.ReadAsync(session.User.Email, "new device");
        Assert.Contains("Chrome", notice.Text, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", notice.Text, StringComparison.Ordinal);
        (await api.PostAsync(NotMe, new { token = notice.Token })).AssertEmpty(204);

        foreach (var dead in new[] { session, known, thief })
            (await api.GetAsync("/api/user/view", dead.Access)).AssertProblem(401, "token_not_valid");
        (await api.TryLoginAsync(session.User)).AssertProblem(401, "invalid_credentials");
        var reset = await Mails.ReadAsync(session.User.Email, "Choose a new password");
        (await api.PostAsync(ResetConfirm, new { token = reset.Token, new_password = NewPassword })).AssertEmpty(204);
        (await api.TryLoginAsync(session.User.Email, NewPassword)).AssertIsTokenResponse();
        (await api.PostAsync(NotMe, new { token = notice.Token })).AssertProblem(400, "validation_failed", "token");
    }

    [Fact]
    public async Task What_an_attacker_would_change_is_told()
    {
        var api = await ConnectAsync(Mails.Setting, Url);
        var session = await api.SignUpAsync();
        var app = await Authenticator.CreateAsync(api, session);
        var (on, codes) = await app.ConfirmAsync(api, session);
        await Mails.ReadAsync(session.User.Email, "A second factor is on");
        (await api.PostAsync("/api/user/totp/delete", new { current_password = session.User.Password, code = codes[0] }, on.Access)).AssertStatus(200);
        await Mails.ReadAsync(session.User.Email, "The second factor is off");
        (await api.PostAsync("/api/user/login", new { email = session.User.Email, password = session.User.Password })).AssertStatus(200);
    }

    private static async Task AssertOneOf64SucceedsAsync(Func<int, Task<Answer>> send)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(send));

        Assert.Single(answers, answer => answer.Status == 204);
        // New passwords wait for a place to be hashed in, of which there are few.
        foreach (var answer in answers.Where(answer => answer.Status is not (204 or 503)))
            answer.AssertProblem(400, "validation_failed", "token");
    }

    private static Task<Answer> RequestChangeAsync(ApiClient api, Session session, string newEmail) =>
        api.PostAsync(ChangeEmail, new { new_email = newEmail, current_password = session.User.Password }, session.Access);

    private static async Task<string> RequestResetAsync(ApiClient api, string email)
    {
        (await api.PostAsync(Reset, new { email })).AssertEmpty(202);
        return (await Mails.ReadAsync(email, "Choose a new password")).Token;
    }

    private static async Task<User> RegisterUnconfirmedAsync(ApiClient api)
    {
        var user = new User(Id: "", ApiClient.NewEmail(), $"walnut ladder {Guid.NewGuid():N}");
        (await api.PostAsync("/api/user/create", new { email = user.Email, password = user.Password })).AssertEmpty(202);
        return user;
    }
}

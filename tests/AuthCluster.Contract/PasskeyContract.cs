using Xunit;

namespace AuthCluster.Contract;

/// <summary>Passkeys: enrolled, listed, used alone and as second factor, and removed.</summary>
public abstract class PasskeyContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Origin = "https://auth.example.com";
    private const string Url = $"PublicUrl={Origin}";
    private const string Passkeys = "/api/user/passkeys";
    private const string Login = "/api/user/login/passkey";

    [Fact]
    public async Task A_passkey_signs_in_without_an_address()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();
        using var authenticator = await EnrolAsync(api, session);

        var answer = await SignInAsync(api, authenticator);

        answer.AssertIsTokenResponse();
        var signedIn = Session.Of(session.User, answer);
        Assert.Equal(["hwk", "user"], MethodsOf(signedIn));
        (await api.GetAsync("/api/forward-auth?amr=otp", signedIn.Access)).AssertEmpty(200);
        (await api.GetAsync("/api/forward-auth?amr=otp", session.Access)).AssertProblem(403, "mfa_step_up_required");
        var listed = Assert.Single((await api.GetAsync(Passkeys, signedIn.Access)).AssertStatus(200).Json.EnumerateArray());
        listed.AssertMembers("id", "name", "created", "last_used");
        listed.AssertTime("last_used");
    }

    [Fact]
    public async Task A_synced_passkey_says_so()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();
        using var authenticator = await EnrolAsync(api, session, isSynced: true);

        Assert.Equal(["swk", "user"], MethodsOf(Session.Of(session.User, await SignInAsync(api, authenticator))));
    }

    [Fact]
    public async Task Options_take_the_password_and_name_no_passkey()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();

        (await api.PostAsync($"{Passkeys}/options", new { }, session.Access)).AssertProblem(400, "validation_failed", "current_password");
        (await api.PostAsync($"{Passkeys}/options", new { current_password = "wrong 9" }, session.Access))
            .AssertProblem(400, "validation_failed", "current_password");
        var request = (await api.PostAsync($"{Login}/options")).AssertStatus(200).Json;
        Assert.Equal("auth.example.com", request.Text("rpId"));
        Assert.Equal("required", request.Text("userVerification"));
        Assert.Empty(request.GetProperty("allowCredentials").EnumerateArray());
    }

    [Fact]
    public async Task What_is_not_right_is_answered_alike()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();
        using var authenticator = await EnrolAsync(api, session);
        using var unknown = new SoftwareAuthenticator(Origin);
        using var elsewhere = await EnrolAsync(api, session, signsAt: "https://evil.example");

        var refused = (await SignInAsync(api, unknown)).AssertProblem(401, "invalid_credentials");

        refused.AssertSameAs(await SignInAsync(api, elsewhere));
        authenticator.VerifiesUser = false;
        refused.AssertSameAs(await SignInAsync(api, authenticator));
        authenticator.VerifiesUser = true;
        var administrator = await api.LoginAsAdministratorAsync();
        (await api.PatchAsync($"/api/admin/users/{session.User.Id}", new { is_active = false }, administrator.Access)).AssertStatus(200);
        refused.AssertSameAs(await SignInAsync(api, authenticator));
    }

    [Fact]
    public async Task Of_64_uses_of_one_challenge_one_succeeds()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();
        using var authenticator = await EnrolAsync(api, session);
        var credential = authenticator.Sign((await api.PostAsync($"{Login}/options")).AssertStatus(200).Json);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => api.PostAsync(Login, new { credential })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertProblem(401, "invalid_credentials"));
    }

    [Fact]
    public async Task A_count_that_falls_is_refused_and_told()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();
        using var authenticator = await EnrolAsync(api, session);
        authenticator.SignCount = 7;
        (await SignInAsync(api, authenticator)).AssertIsTokenResponse();
        authenticator.SignCount = 6;

        (await SignInAsync(api, authenticator)).AssertProblem(401, "invalid_credentials");

        var newest = (await api.GetAsync("/api/user/activity?limit=1", session.Access)).AssertStatus(200).Json[0];
        Assert.Equal(("login", "failed", "passkey_copied"), (newest.Text("event"), newest.Text("outcome"), newest.Text("reason")));
    }

    [Fact]
    public async Task A_passkey_completes_a_login_that_owes_a_second_factor()
    {
        var api = await ConnectAsync(Url);
        var (on, _) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());
        using var authenticator = await EnrolAsync(api, on);
        var owed = (await api.TryLoginAsync(on.User)).AssertProblem(401, "mfa_required").Json;
        Assert.Equal(["otp", "passkey"], owed.GetProperty("methods").EnumerateArray().Select(method => method.GetString()));
        var token = owed.Text("mfa_token");
        var options = (await api.PostAsync($"{Login}/options", new { mfa_token = token })).AssertStatus(200).Json;
        var credential = authenticator.Sign(options);

        (await api.PostAsync(Login, new { credential })).AssertProblem(401, "invalid_credentials");
        var completed = await api.PostAsync(Login, new { credential, mfa_token = token });

        completed.AssertIsTokenResponse(mfaEnabled: true);
        Assert.Equal(["pwd", "hwk", "user"], MethodsOf(Session.Of(on.User, completed)));
        (await api.PostAsync(Login, new { credential, mfa_token = token })).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task A_removed_passkey_signs_nobody_in()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();
        using var authenticator = await EnrolAsync(api, session);
        var id = (await api.GetAsync(Passkeys, session.Access)).Json[0].Text("id");
        (await api.PatchAsync($"{Passkeys}/{id}", new { name = "Key ring" }, session.Access)).AssertStatus(200);

        (await api.DeleteAsync($"{Passkeys}/{id}", session.Access)).AssertEmpty(204);

        (await api.DeleteAsync($"{Passkeys}/{id}", session.Access)).AssertProblem(404, "not_found");
        (await SignInAsync(api, authenticator)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task A_passkey_has_the_name_that_its_owner_gives_it()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();
        using var authenticator = await EnrolAsync(api, session);
        var listed = (await api.GetAsync(Passkeys, session.Access)).AssertStatus(200).Json[0];
        Assert.Equal("Chrome on Windows", listed.Text("name"));
        var path = $"{Passkeys}/{listed.Text("id")}";

        var renamed = (await api.PatchAsync(path, new { name = "Key ring" }, session.Access)).AssertStatus(200).Json;

        renamed.AssertMembers("id", "name", "created", "last_used");
        Assert.Equal("Key ring", renamed.Text("name"));
        (await api.PatchAsync(path, new { name = "" }, session.Access)).AssertProblem(400, "validation_failed", "name");
        (await api.PatchAsync(path, new { name = new string('x', 65) }, session.Access)).AssertProblem(400, "validation_failed", "name");
        var stranger = await api.SignUpAsync();
        (await api.PatchAsync(path, new { name = "Mine" }, stranger.Access)).AssertProblem(404, "not_found");
        (await api.DeleteAsync(path, stranger.Access)).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task Options_are_for_one_session_and_once()
    {
        var api = await ConnectAsync(Url);
        var session = await api.SignUpAsync();
        var options = (await api.PostAsync($"{Passkeys}/options", new { current_password = session.User.Password }, session.Access)).AssertStatus(200).Json;
        using var authenticator = new SoftwareAuthenticator(Origin);
        var credential = authenticator.Create(options);
        var other = await api.LoginAsync(session.User);

        (await api.PostAsync(Passkeys, new { credential }, other.Access)).AssertProblem(400, "validation_failed", "credential");
        (await api.PostAsync(Passkeys, new { credential, name = "Key ring" }, session.Access)).AssertStatus(201);

        (await api.PostAsync(Passkeys, new { credential }, session.Access)).AssertProblem(400, "validation_failed", "credential");
        var again = (await api.PostAsync($"{Passkeys}/options", new { current_password = session.User.Password }, session.Access)).AssertStatus(200).Json;
        Assert.Single(again.GetProperty("excludeCredentials").EnumerateArray());
        (await api.PostAsync(Passkeys, new { credential = authenticator.Create(again) }, session.Access)).AssertProblem(409, "conflict");
    }

    [Fact]
    public async Task The_owner_is_told_of_a_new_passkey_and_can_undo_it()
    {
        using var directory = new TemporaryDirectory();
        var mails = new Mailbox(directory.Path);
        var api = await ConnectToOwnServerAsync(mails.Setting, Url);
        var session = await api.SignUpAsync();
        using var authenticator = await EnrolAsync(api, session);

        var mail = await mails.ReadAsync(session.User.Email, "passkey");
        (await api.PostAsync("/api/user/not-me", new { token = mail.Token })).AssertEmpty(204);

        (await SignInAsync(api, authenticator)).AssertProblem(401, "invalid_credentials");
        await api.AssertAccessIsRefusedAsync(session.Access);
    }

    [Fact]
    public async Task What_is_no_credential_is_told_apart_before_anything_is_looked_up()
    {
        var api = await ConnectAsync(Url);

        (await api.PostAsync(Login, new { })).AssertProblem(400, "validation_failed", "credential");
        (await api.PostAsync(Login, new { credential = new { } })).AssertProblem(400, "validation_failed", "credential");
        (await api.PostAsync(Login, new { credential = "{" })).AssertProblem(400, "validation_failed", "credential");
        (await api.PostAsync($"{Login}/options", new { mfa_token = "x" })).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task Password_managers_learn_where_passkeys_are_kept()
    {
        var api = await ConnectAsync(Url);

        var places = (await api.GetAsync("/.well-known/passkey-endpoints")).AssertStatus(200).Json;

        places.AssertMembers("enroll", "manage");
        Assert.Equal(($"{Origin}/account", $"{Origin}/account"), (places.Text("enroll"), places.Text("manage")));
    }

    private static async Task<SoftwareAuthenticator> EnrolAsync(ApiClient api, Session session, bool isSynced = false, string? signsAt = null)
    {
        var options = await api.PostAsync($"{Passkeys}/options", new { current_password = session.User.Password }, session.Access);
        var authenticator = new SoftwareAuthenticator(signsAt ?? Origin) { IsSynced = isSynced };
        var answer = await api.PostAsync(Passkeys, new { credential = authenticator.Create(options.AssertStatus(200).Json) }, session.Access);
        if (signsAt is null)
            answer.AssertStatus(201);
        else
            answer.AssertProblem(400, "validation_failed", "credential");
        return authenticator;
    }

    private static async Task<Answer> SignInAsync(ApiClient api, SoftwareAuthenticator authenticator)
    {
        var options = (await api.PostAsync($"{Login}/options")).AssertStatus(200).Json;
        return await api.PostAsync(Login, new { credential = authenticator.Sign(options) });
    }

    private static string[] MethodsOf(Session session) =>
        [.. DecodedToken.Of(session.Access).Payload.GetProperty("amr").EnumerateArray().Select(method => method.GetString()!)];
}

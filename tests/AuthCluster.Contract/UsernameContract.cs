using Xunit;

namespace AuthCluster.Contract;

/// <summary>A second name to log in with: as unique as an address, and as silent about who has one.</summary>
public abstract class UsernameContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Create = "/api/user/create";
    private const string Login = "/api/user/login";
    private const string Password = "walnut ladder 4711";
    private const string Wrong = "not the password 9";
    private const string Confirmation = "Registration:ConfirmEmail=true";

    private static readonly Mailbox Mails = new(Directory.CreateTempSubdirectory("authcluster-usernames-").FullName);

    [Fact]
    public async Task An_account_logs_in_by_its_user_name_however_that_is_spelt()
    {
        var api = await ConnectAsync();
        var username = NewUsername();
        var created = (await RegisterAsync(api, ApiClient.NewEmail(), username)).AssertStatus(201).Json.AssertMembers("id", "email");

        foreach (var spelling in new[] { username, username.ToUpperInvariant(), $" {username}\t", username.Replace('u', 'ｕ') })
        {
            var user = (await LoginAsync(api, spelling, Password)).AssertStatus(200).Json.GetProperty("user");
            Assert.Equal((created.Text("id"), username), (user.Text("id"), user.Text("username")));
        }

        (await api.TryLoginAsync(created.Text("email"), Password)).AssertStatus(200);
        (await LoginAsync(api, username, Wrong)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task An_account_without_one_shows_none()
    {
        var api = await ConnectAsync();

        (await api.SignUpAsync()).Response.GetProperty("user").AssertIsUser();
    }

    [Fact]
    public async Task A_user_name_belongs_to_one_account_until_that_is_deleted()
    {
        var api = await ConnectAsync();
        var (email, username) = (ApiClient.NewEmail(), NewUsername());
        (await RegisterAsync(api, email, username)).AssertStatus(201);

        (await RegisterAsync(api, ApiClient.NewEmail(), username.ToUpperInvariant())).AssertProblem(409, "conflict");
        var session = Session.Of(new User("", email, Password), await LoginAsync(api, username, Password));
        (await api.PostAsync("/api/user/delete", new { current_password = Password }, session.Access)).AssertStatus(204);

        (await LoginAsync(api, username, Password)).AssertProblem(401, "invalid_credentials");
        (await RegisterAsync(api, ApiClient.NewEmail(), username)).AssertStatus(201);
    }

    [Fact]
    public async Task Of_many_who_register_one_name_at_once_one_has_it()
    {
        var api = await ConnectAsync();
        var username = NewUsername();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RegisterAsync(api, ApiClient.NewEmail(), username)));

        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201 && answer.Status != 503), answer => answer.AssertProblem(409, "conflict"));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("ada@example.com")]
    [InlineData("ada＠example")]
    [InlineData("a,b")]
    [InlineData("‮eve")]
    [InlineData("eve​")]
    public async Task What_is_no_user_name_is_refused(string username)
    {
        var api = await ConnectAsync();

        (await RegisterAsync(api, ApiClient.NewEmail(), username)).AssertProblem(400, "validation_failed", "username");
        (await RegisterAsync(api, ApiClient.NewEmail(), new string('a', 151))).AssertProblem(400, "validation_failed", "username");
    }

    [Fact]
    public async Task A_login_names_one_of_the_two()
    {
        var api = await ConnectAsync();
        var username = NewUsername();

        (await api.PostAsync(Login, new { email = ApiClient.NewEmail(), username, password = Password }))
            .AssertProblem(400, "validation_failed", "username");
        (await api.PostAsync(Login, new { username = "", password = Password })).AssertProblem(400, "validation_failed", "email");
        (await api.PostAsync(Login, new { username = new string('a', 321), password = Password })).AssertProblem(400, "validation_failed", "username");
    }

    [Fact]
    public async Task Unknown_and_wrong_are_answered_alike_into_the_back_off_which_both_names_share()
    {
        var api = await ConnectAsync("Login:AttemptsPerAccount=3");
        var (email, username, unknown) = (ApiClient.NewEmail(), NewUsername(), NewUsername());
        (await RegisterAsync(api, email, username)).AssertStatus(201);

        for (var guess = 1; guess <= 4; guess++)
        {
            var answer = await LoginAsync(api, unknown, Wrong);
            answer.AssertProblem(guess <= 3 ? 401 : 429, guess <= 3 ? "invalid_credentials" : "too_many_attempts");
            answer.AssertSameAs(await LoginAsync(api, guess == 2 ? username.ToUpperInvariant() : username, Wrong));
        }

        (await api.TryLoginAsync(email, Password)).AssertProblem(429, "too_many_attempts");
    }

    [Theory]
    [InlineData("no user name")]
    [InlineData("some@body.example")]
    [InlineData("﻿invisible")]
    public async Task What_can_be_nobodys_user_name_is_answered_alike(string username)
    {
        var api = await ConnectAsync();
        var known = NewUsername();
        (await RegisterAsync(api, ApiClient.NewEmail(), known)).AssertStatus(201);

        (await LoginAsync(api, known, Wrong)).AssertSameAs(await LoginAsync(api, username, Wrong));
    }

    /// <summary>Otherwise the name of a registration that was passed over would be free, and tell that its address was taken.</summary>
    [Fact]
    public async Task Where_addresses_are_confirmed_a_name_is_held_from_the_confirmation_on()
    {
        var api = await ConnectAsync(Mails.Setting, Confirmation);
        var (first, second, username) = (ApiClient.NewEmail(), ApiClient.NewEmail(), NewUsername());

        (await RegisterAsync(api, AdministratorEmail, username)).AssertSameAs(await RegisterAsync(api, first, username));
        (await RegisterAsync(api, second, username)).AssertEmpty(202);
        await ConfirmAsync(api, second);
        await ConfirmAsync(api, first);

        (await LoginAsync(api, username, Password)).AssertStatus(200);
        Assert.Equal(second, (await LoginAsync(api, username, Password)).Json.GetProperty("user").Text("email"));
        (await api.TryLoginAsync(first, Password)).AssertStatus(200).Json.GetProperty("user").AssertIsUser();
        foreach (var email in new[] { AdministratorEmail, ApiClient.NewEmail() })
            (await RegisterAsync(api, email, username)).AssertProblem(409, "conflict");
    }

    [Fact]
    public async Task Administrators_see_and_find_it()
    {
        var api = await ConnectAsync();
        var username = NewUsername();
        var id = (await RegisterAsync(api, ApiClient.NewEmail(), username)).AssertStatus(201).Json.Text("id");
        var administrator = await api.LoginAsAdministratorAsync();

        var found = Assert.Single((await api.GetAsync($"/api/admin/users?username={username.ToUpperInvariant()}", administrator.Access)).AssertIsList());
        Assert.Equal((id, username), (found.Text("id"), found.Text("username")));
        Assert.Equal(username, (await api.GetAsync($"/api/admin/users/{id}", administrator.Access)).AssertStatus(200).Json.Text("username"));
        Assert.Empty((await api.GetAsync($"/api/admin/users?username={NewUsername()}", administrator.Access)).AssertIsList());
        Assert.Empty((await api.GetAsync("/api/admin/users?username=no%20name", administrator.Access)).AssertIsList());
    }

    [Fact]
    public async Task It_may_be_a_claim_which_no_profile_can_forge()
    {
        var api = await ConnectAsync("Tokens:ProfileClaims=username");
        var username = NewUsername();
        (await RegisterAsync(api, ApiClient.NewEmail(), username)).AssertStatus(201);

        var access = (await LoginAsync(api, username, Password)).AssertStatus(200).Json.Text("access");

        Assert.Equal(username, DecodedToken.Of(access).Payload.Text("username"));
        Assert.False(DecodedToken.Of((await api.SignUpAsync(new { username })).Access).Payload.TryGetProperty("username", out _));
    }

    [Fact]
    public async Task It_is_no_password()
    {
        var api = await ConnectAsync();
        var username = NewUsername();

        (await api.PostAsync(Create, new { email = ApiClient.NewEmail(), username, password = username }))
            .AssertProblem(400, "validation_failed", "password");
    }

    private static string NewUsername() => $"user-{Guid.NewGuid():N}";

    private static Task<Answer> RegisterAsync(ApiClient api, string email, string username) =>
        api.PostAsync(Create, new { email, username, password = Password });

    private static Task<Answer> LoginAsync(ApiClient api, string username, string password) => api.PostAsync(Login, new { username, password });

    private static async Task ConfirmAsync(ApiClient api, string email) =>
        (await api.PostAsync("/api/user/verify", new { token = (await Mails.ReadAsync(email, "Confirm")).Token })).AssertEmpty(204);
}

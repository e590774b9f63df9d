using Xunit;

namespace AuthCluster.Contract;

/// <summary>
/// Nothing in an answer tells who has an account: status, headers but the date, and every byte of the body are the same. What an answer
/// costs is a matter of the front door's own tests.
/// </summary>
public abstract class OracleContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Wrong = "not the password 9";

    private static readonly string[] ThreeAttempts = ["Login:AttemptsPerAccount=3"];

    [Fact]
    public async Task Guesses_are_answered_alike_from_the_first_into_the_back_off()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var known = await api.RegisterAsync();
        var loggedIn = (await api.SignUpAsync()).User;
        var deactivated = await DeactivatedAsync(api);
        (string Email, string Password)[] others =
        [
            (known.Email, Wrong), (loggedIn.Email, Wrong), (deactivated.Email, Wrong), (deactivated.Email, deactivated.Password),
        ];
        var unknown = ApiClient.NewEmail();

        for (var guess = 1; guess <= 4; guess++)
        {
            // The deactivated one takes part twice, so each guess of the others is two of his.
            var answer = await api.TryLoginAsync(unknown, Wrong);
            answer.AssertProblem(guess <= 3 ? 401 : 429, guess <= 3 ? "invalid_credentials" : "too_many_attempts");
            foreach (var (email, password) in others.Take(guess == 1 ? 4 : 2))
                answer.AssertSameAs(await api.TryLoginAsync(email, password));
        }
    }

    [Fact]
    public async Task A_deactivated_account_backs_off_at_its_right_password()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var deactivated = await DeactivatedAsync(api);
        var unknown = ApiClient.NewEmail();

        for (var guess = 1; guess <= 4; guess++)
            (await api.TryLoginAsync(unknown, Wrong)).AssertSameAs(await api.TryLoginAsync(deactivated.Email, deactivated.Password));
    }

    [Theory]
    [InlineData("spelled.LIKE.this@example.com")]
    [InlineData("no address")]
    [InlineData("a@b@c")]
    [InlineData("﻿invisible@example.com")]
    [InlineData("two words@example.com")]
    public async Task What_can_be_nobodys_address_is_answered_alike(string email)
    {
        var api = await ConnectAsync(ThreeAttempts);
        var known = await api.RegisterAsync();

        for (var guess = 1; guess <= 4; guess++)
            (await api.TryLoginAsync(known.Email, Wrong)).AssertSameAs(await api.TryLoginAsync(email, Wrong));
    }

    [Fact]
    public async Task Spellings_of_one_address_share_its_back_off_whether_or_not_somebody_holds_it()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var known = (await api.RegisterAsync()).Email;
        var unknown = ApiClient.NewEmail();

        foreach (var email in new[] { known, unknown })
        {
            (await api.TryLoginAsync(email, Wrong)).AssertProblem(401, "invalid_credentials");
            (await api.TryLoginAsync(email.ToUpperInvariant(), Wrong)).AssertProblem(401, "invalid_credentials");
            (await api.TryLoginAsync(email.Replace('e', 'ｅ'), Wrong)).AssertProblem(401, "invalid_credentials");
            (await api.TryLoginAsync(email, Wrong)).AssertProblem(429, "too_many_attempts");
        }
    }

    [Fact]
    public async Task With_confirmation_on_every_registration_is_answered_alike()
    {
        var api = await ConnectAsync("Registration:ConfirmEmail=true");
        var email = ApiClient.NewEmail();
        var free = await RegisterAsync(api, email, "walnut ladder 4711");
        free.AssertEmpty(202);

        foreach (var spelling in new[] { email, email.ToUpperInvariant() })
        {
            free.AssertSameAs(await RegisterAsync(api, spelling, "walnut ladder 4711"));
            free.AssertSameAs(await RegisterAsync(api, spelling, "another ladder 4712"));
            (await RegisterAsync(api, spelling, "short")).AssertSameAs(await RegisterAsync(api, ApiClient.NewEmail(), "short"));
        }

        // Nobody confirmed the address: the last registration counts. An account that was confirmed is untouched.
        (await api.TryLoginAsync(email, "walnut ladder 4711")).AssertProblem(401, "invalid_credentials");
        (await api.TryLoginAsync(email, "another ladder 4712")).AssertProblem(403, "email_not_verified");
        free.AssertSameAs(await RegisterAsync(api, AdministratorEmail, "another ladder 4712"));
        (await api.TryLoginAsync(AdministratorEmail, AdministratorPassword)).AssertStatus(200);
    }

    [Fact]
    public async Task Only_administrators_see_who_tried_to_register_a_taken_address()
    {
        var api = await ConnectAsync("Registration:ConfirmEmail=true");
        await RegisterAsync(api, AdministratorEmail, "walnut ladder 4711");

        var administrator = await api.LoginAsAdministratorAsync();
        var log = (await api.GetAsync($"/api/admin/activity?email={AdministratorEmail}&outcome=failed", administrator.Access)).AssertStatus(200).Json;

        var entry = log.GetProperty("items")[0];
        Assert.Equal("registered", entry.Text("event"));
        Assert.Equal("email_taken", entry.Text("reason"));
    }

    private static Task<Answer> RegisterAsync(ApiClient api, string email, string password) =>
        api.PostAsync("/api/user/create", new { email, password });

    private static async Task<User> DeactivatedAsync(ApiClient api)
    {
        var administrator = await api.LoginAsAdministratorAsync();
        var user = await api.RegisterAsync();
        (await api.PatchAsync($"/api/admin/users/{user.Id}", new { is_active = false }, administrator.Access)).AssertStatus(200);
        return user;
    }
}

using Xunit;

namespace AuthCluster.Contract;

/// <summary>What guessing passwords gets, and what it does not keep others from.</summary>
public abstract class GuessingContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Wrong = "not the password 9";

    private static readonly string[] ThreeAttempts = ["Login:AttemptsPerAccount=3"];

    [Fact]
    public async Task After_ten_wrong_passwords_the_next_guess_has_to_wait()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();
        for (var i = 0; i < 10; i++)
            (await api.TryLoginAsync(user.Email, Wrong)).AssertProblem(401, "invalid_credentials");

        var answer = await api.TryLoginAsync(user.Email, user.Password);

        answer.AssertProblem(429, "too_many_attempts");
    }

    [Fact]
    public async Task Who_waits_as_long_as_asked_gets_through_and_starts_afresh()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var user = await api.RegisterAsync();
        await ExhaustAsync(api, user.Email, 3);
        var refused = (await api.TryLoginAsync(user.Email, user.Password)).AssertProblem(429, "too_many_attempts");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);
        await Task.Delay(refused.RetryAfter);

        await api.LoginAsync(user);

        await ExhaustAsync(api, user.Email, 3);
    }

    [Fact]
    public async Task The_wait_doubles_with_every_further_wrong_guess()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var user = await api.RegisterAsync();
        await ExhaustAsync(api, user.Email, 3);
        await Task.Delay((await api.TryLoginAsync(user.Email, Wrong)).AssertProblem(429, "too_many_attempts").RetryAfter);

        (await api.TryLoginAsync(user.Email, Wrong)).AssertProblem(401, "invalid_credentials");

        var refused = (await api.TryLoginAsync(user.Email, Wrong)).AssertProblem(429, "too_many_attempts");
        Assert.Equal(TimeSpan.FromSeconds(2), refused.RetryAfter);
    }

    [Fact]
    public async Task The_right_password_clears_the_budget()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var user = await api.RegisterAsync();

        for (var i = 0; i < 3; i++)
        {
            await ExhaustAsync(api, user.Email, 2);
            await api.LoginAsync(user);
        }
    }

    [Fact]
    public async Task Strangers_cannot_lock_the_owner_out_of_a_known_device()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var session = await api.SignUpAsync();
        await ExhaustAsync(api, session.User.Email, 3);
        (await api.TryLoginAsync(session.User.Email, session.User.Password)).AssertProblem(429, "too_many_attempts");

        await api.LoginAsync(session.User, deviceToken: session.DeviceToken);

        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task Each_device_token_has_a_budget_of_its_own()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var stolen = await api.SignUpAsync();
        var other = await api.LoginAsync(stolen.User);
        for (var i = 0; i < 3; i++)
            (await api.TryLoginAsync(stolen.User.Email, Wrong, stolen.DeviceToken)).AssertProblem(401, "invalid_credentials");

        (await api.TryLoginAsync(stolen.User.Email, stolen.User.Password, stolen.DeviceToken)).AssertProblem(429, "too_many_attempts");
        await api.LoginAsync(stolen.User, deviceToken: other.DeviceToken);
        await api.LoginAsync(stolen.User);
    }

    [Fact]
    public async Task A_device_token_of_another_account_or_none_at_all_is_a_strangers()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var session = await api.SignUpAsync();
        var stranger = await api.SignUpAsync();
        await ExhaustAsync(api, session.User.Email, 3);

        foreach (var token in new[] { stranger.DeviceToken, stranger.Access, session.Access, "nonsense", "" })
            (await api.TryLoginAsync(session.User.Email, session.User.Password, token)).AssertProblem(429, "too_many_attempts");
    }

    [Fact]
    public async Task Parallel_guesses_do_not_exceed_the_budget()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var user = await api.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.TryLoginAsync(user.Email, Wrong)));

        Assert.InRange(answers.Count(answer => answer.Status == 401), 1, 3);
        Assert.All(answers.Where(answer => answer.Status != 401), answer => answer.AssertProblem(429, "too_many_attempts"));
    }

    [Fact]
    public async Task Unknown_wrong_and_deactivated_are_told_apart_by_nothing()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var known = await api.RegisterAsync();
        var deactivated = await api.RegisterAsync();
        (await api.PatchAsync($"/api/admin/users/{deactivated.Id}", new { is_active = false }, administrator.Access)).AssertStatus(200);

        var unknown = (await api.TryLoginAsync(ApiClient.NewEmail(), Wrong)).AssertProblem(401, "invalid_credentials");

        unknown.AssertSameAs(await api.TryLoginAsync(known.Email, Wrong));
        unknown.AssertSameAs(await api.TryLoginAsync(deactivated.Email, deactivated.Password));
        unknown.AssertSameAs(await api.TryLoginAsync(deactivated.Email, Wrong));
    }

    [Fact]
    public async Task The_wait_does_not_tell_whether_there_is_an_account()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var administrator = await api.LoginAsAdministratorAsync();
        var known = await api.RegisterAsync();
        var deactivated = await api.RegisterAsync();
        (await api.PatchAsync($"/api/admin/users/{deactivated.Id}", new { is_active = false }, administrator.Access)).AssertStatus(200);
        var unknown = new User("", ApiClient.NewEmail(), Wrong);

        // Each is asked right after its last failure: the waits are short, and all three are to be told the same one.
        var answer = (await HeldUpAsync(known with { Password = Wrong })).AssertProblem(429, "too_many_attempts");

        answer.AssertSameAs(await HeldUpAsync(unknown));
        answer.AssertSameAs(await HeldUpAsync(deactivated));

        async Task<Answer> HeldUpAsync(User user)
        {
            for (var i = 0; i < 3; i++)
                (await api.TryLoginAsync(user.Email, user.Password)).AssertProblem(401, "invalid_credentials");
            return await api.TryLoginAsync(user.Email, user.Password);
        }
    }

    [Fact]
    public async Task The_current_password_cannot_be_guessed_with_a_stolen_session()
    {
        var api = await ConnectAsync(ThreeAttempts);
        var session = await api.SignUpAsync();
        var body = new { current_password = Wrong, new_password = "cobalt window 2219" };
        (await api.PostAsync("/api/user/password", body, session.Access)).AssertProblem(400, "validation_failed", "current_password");
        (await api.DeleteAsync("/api/user/delete", session.Access, new { current_password = Wrong })).AssertStatus(400);
        (await api.PostAsync("/api/user/password", body, session.Access)).AssertProblem(400, "validation_failed", "current_password");

        var right = new { current_password = session.User.Password, new_password = "cobalt window 2219" };
        (await api.PostAsync("/api/user/password", right, session.Access)).AssertProblem(429, "too_many_attempts");
        (await api.DeleteAsync("/api/user/delete", session.Access, new { current_password = session.User.Password })).AssertStatus(429);
        await api.LoginAsync(session.User);
    }

    private static async Task ExhaustAsync(ApiClient api, string email, int guesses)
    {
        for (var i = 0; i < guesses; i++)
            (await api.TryLoginAsync(email, Wrong)).AssertProblem(401, "invalid_credentials");
    }
}

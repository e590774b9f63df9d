using AuthCluster.Accounts;
using Xunit;

namespace AuthCluster.Tests.Logins;

public sealed class ParallelAttemptsTests
{
    private const string Email = "ann@example.org";

    [Theory]
    [InlineData(Email)]
    [InlineData("nobody@example.org")]
    public async Task Two_hundred_wrong_passwords_at_once_cost_no_more_hashes_than_the_budget(string email)
    {
        using var setup = new LoginSetup();
        setup.Account(Email);

        var outcomes = await AtOnce(200, () => setup.LoginAsync(email, LoginSetup.Wrong));

        Assert.Equal(10, setup.Lane.HashCount);
        Assert.Equal(10, outcomes.Count(outcome => outcome.Refusal == Refusal.InvalidCredentials));
        Assert.All(outcomes, outcome => Assert.True(outcome.Refusal is Refusal.InvalidCredentials or Refusal.TooManyAttempts));
    }

    [Fact]
    public async Task Two_hundred_right_passwords_at_once_are_never_called_wrong_and_lock_nobody_out()
    {
        using var setup = new LoginSetup(laneDepth: 8);
        setup.Account(Email);

        var outcomes = await AtOnce(200, () => setup.LoginAsync(Email, LoginSetup.Password));

        Assert.Contains(outcomes, outcome => outcome.Refusal is null);
        Assert.All(outcomes, outcome => Assert.True(outcome.Refusal is null or Refusal.TooManyAttempts or Refusal.Overloaded));
        Assert.All(outcomes.Where(outcome => outcome.Refusal == Refusal.TooManyAttempts), outcome => Assert.True(outcome.RetryAfter <= TimeSpan.FromSeconds(1)));
        Assert.Null((await setup.LoginAsync(Email, LoginSetup.Password)).Refusal);
    }

    [Fact]
    public async Task Everyone_with_the_right_password_gets_in_who_comes_again()
    {
        using var setup = new LoginSetup(laneDepth: 8);
        setup.Account(Email);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            Outcome<Grant> outcome;
            do
                outcome = await setup.LoginAsync(Email, LoginSetup.Password);
            while (outcome.Refusal is Refusal.TooManyAttempts or Refusal.Overloaded);
            Assert.Null(outcome.Refusal);
        })));
    }

    [Fact]
    public async Task Right_passwords_among_wrong_ones_are_not_called_wrong()
    {
        using var setup = new LoginSetup();
        setup.Account(Email);

        var right = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => setup.LoginAsync(Email, LoginSetup.Password))));
        var wrong = await AtOnce(50, () => setup.LoginAsync(Email, LoginSetup.Wrong));

        Assert.DoesNotContain(await right, outcome => outcome.Refusal == Refusal.InvalidCredentials);
        Assert.DoesNotContain(wrong, outcome => outcome.Refusal is null);
    }

    [Theory]
    [InlineData(Email)]
    [InlineData("nobody@example.org")]
    public async Task Each_wait_is_the_truth_and_the_next_is_twice_as_long_up_to_its_bound(string email)
    {
        using var setup = new LoginSetup(new AccountRules { AttemptsBeforeBackOff = 2, BackOffMax = TimeSpan.FromSeconds(10) });
        setup.Account(Email);
        await setup.LoginAsync(email, LoginSetup.Wrong);
        await setup.LoginAsync(email, LoginSetup.Wrong);

        foreach (var seconds in new[] { 1, 2, 4, 8, 10, 10 })
        {
            Assert.Equal(Outcome<Grant>.Wait(TimeSpan.FromSeconds(seconds)), await setup.LoginAsync(email, LoginSetup.Wrong));
            setup.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(Refusal.TooManyAttempts, (await setup.LoginAsync(email, LoginSetup.Wrong)).Refusal);
            setup.Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(email, LoginSetup.Wrong)).Refusal);
        }
    }

    [Fact]
    public async Task Whoever_guesses_from_wherever_the_owner_logs_in_on_his_device()
    {
        using var setup = new LoginSetup();
        setup.Account(Email);
        var deviceToken = setup.DeviceTokenOf((await setup.LoginAsync(Email, LoginSetup.Password)).Result!);

        for (var i = 0; i < 1000; i++)
        {
            await setup.LoginAsync(Email, LoginSetup.Wrong, from: $"198.51.{i / 250}.{i % 250}");
            if (i % 10 == 0)
                Assert.Null((await setup.LoginAsync(Email, LoginSetup.Password, deviceToken)).Refusal);
        }

        Assert.Equal(Refusal.TooManyAttempts, (await setup.LoginAsync(Email, LoginSetup.Password)).Refusal);
    }

    private static Task<Outcome<Grant>[]> AtOnce(int count, Func<Task<Outcome<Grant>>> login) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(login)));
}

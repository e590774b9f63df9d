using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts;

public sealed class AttemptBudgetTests
{
    private readonly Scenario _scenario = Scenario.Registered(new AccountRules { AttemptsBeforeBackOff = 3 });

    [Fact]
    public void So_many_wrong_guesses_are_free_and_the_next_one_waits()
    {
        Assert.Equal(3, _scenario.ExhaustGuesses());
        Assert.Equal(TimeSpan.FromSeconds(1), _scenario.TryLogin().RetryAfter);
    }

    [Fact]
    public void A_guess_that_has_to_wait_learns_nothing()
    {
        _scenario.ExhaustGuesses();
        Assert.Equal(_scenario.TryLogin(right: false), _scenario.TryLogin(right: true));
    }

    [Fact]
    public void The_wait_doubles_up_to_its_longest()
    {
        _scenario.ExhaustGuesses();
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900], Enumerable.Range(0, 12).Select(_ => FailAfterTheWait().TotalSeconds));
    }

    [Fact]
    public void Who_waits_as_long_as_he_was_told_gets_through_and_no_earlier()
    {
        _scenario.ExhaustGuesses();
        for (var i = 0; i < 12; i++)
        {
            _scenario.Wait(_scenario.TryLogin().RetryAfter - TimeSpan.FromTicks(1));
            Assert.Equal(Refusal.TooManyAttempts, _scenario.TryLogin().Refusal);
            _scenario.Wait(TimeSpan.FromTicks(1));
            Assert.Equal(Refusal.InvalidCredentials, _scenario.TryLogin(right: false).Refusal);
        }
    }

    [Fact]
    public void However_many_fail_the_longest_wait_stays()
    {
        _scenario.Rules = _scenario.Rules with { BackOff = TimeSpan.FromMinutes(15), BackOffMax = TimeSpan.FromMinutes(15) };
        _scenario.ExhaustGuesses();
        for (var i = 0; i < 100; i++)
            Assert.Equal(TimeSpan.FromMinutes(15), FailAfterTheWait());
    }

    [Fact]
    public void A_right_password_forgives_the_wrong_ones()
    {
        _scenario.TryLogin(right: false);
        _scenario.TryLogin(right: false);
        _scenario.Login();
        Assert.Equal(3, _scenario.ExhaustGuesses());
    }

    [Fact]
    public void Wrong_guesses_are_forgotten_after_a_day_without_one()
    {
        _scenario.ExhaustGuesses();
        _scenario.Wait(AttemptBudget.Memory - TimeSpan.FromTicks(1));
        _scenario.TryLogin(right: false);
        Assert.Equal(TimeSpan.FromSeconds(2), _scenario.TryLogin().RetryAfter);
        _scenario.Wait(AttemptBudget.Memory);
        Assert.Equal(3, _scenario.ExhaustGuesses());
    }

    [Fact]
    public void Parallel_guesses_cannot_exceed_the_budget()
    {
        var attempts = Enumerable.Range(0, 3).Select(_ => _scenario.Attempt()).ToList();
        Assert.Equal(Refusal.TooManyAttempts, _scenario.TryLogin().Refusal);
        foreach (var attempt in attempts)
            _scenario.Perform(new CompleteLogin(attempt.Settle(right: false), Scenario.Laptop));
        Assert.Equal(Refusal.TooManyAttempts, _scenario.TryLogin().Refusal);
    }

    [Fact]
    public void After_the_wait_there_is_one_guess_at_a_time()
    {
        _scenario.ExhaustGuesses();
        _scenario.Wait(_scenario.TryLogin().RetryAfter);
        _scenario.Attempt();
        Assert.Equal(Refusal.TooManyAttempts, _scenario.TryLogin().Refusal);
    }

    [Fact]
    public void Parallel_right_guesses_are_never_wrong()
    {
        for (var round = 0; round < 5; round++)
        {
            var attempts = Enumerable.Range(0, 3).Select(_ => _scenario.Attempt()).ToList();
            Assert.All(attempts, attempt => _scenario.Perform(new CompleteLogin(attempt.Settle(right: true), Scenario.Laptop)).Result());
        }
    }

    [Fact]
    public void A_right_guess_does_not_free_the_places_of_those_under_way()
    {
        var right = _scenario.Attempt();
        _scenario.Attempt();
        _scenario.Attempt();
        _scenario.Perform(new CompleteLogin(right.Settle(right: true), Scenario.Laptop)).Result();
        _scenario.Attempt();
        Assert.Equal(Refusal.TooManyAttempts, _scenario.TryLogin().Refusal);
    }

    [Fact]
    public void A_guess_that_was_given_back_does_not_count()
    {
        for (var i = 0; i < 10; i++)
            _scenario.Perform(new ReleaseAttempt(_scenario.Attempt().Settle(right: false)));
        Assert.True(_scenario.State.StrangerAttempts.IsUntouched);
    }

    [Fact]
    public void A_guess_that_nobody_settles_stops_counting()
    {
        for (var i = 0; i < 3; i++)
            _scenario.Attempt();
        _scenario.Wait(AttemptBudget.ReservationLifetime);
        _scenario.Login();
    }

    [Fact]
    public void A_guess_under_way_need_not_be_stored_but_a_wrong_one_must()
    {
        var attempt = _scenario.Attempt();
        Assert.False(_scenario.MustBeStored);
        _scenario.Perform(new CompleteLogin(attempt.Settle(right: false), Scenario.Laptop));
        Assert.True(_scenario.MustBeStored);
    }

    private TimeSpan FailAfterTheWait()
    {
        var wait = _scenario.TryLogin().RetryAfter;
        _scenario.Wait(wait);
        _scenario.TryLogin(right: false);
        return wait;
    }
}

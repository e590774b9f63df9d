using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts;

public sealed class KnownAttemptsTests
{
    private readonly Scenario _scenario = Scenario.Registered(new AccountRules { AttemptsBeforeBackOff = 3 });

    [Fact]
    public void Guesses_of_strangers_cannot_lock_a_known_device_out()
    {
        var known = _scenario.Login().DeviceToken();
        _scenario.ExhaustGuesses();
        _scenario.TryLogin(deviceToken: known).Result();
    }

    [Fact]
    public void Each_known_device_has_a_budget_of_its_own()
    {
        var (first, second) = (_scenario.Login().DeviceToken(), _scenario.Login().DeviceToken());
        Assert.Equal(3, _scenario.ExhaustGuesses(first));
        _scenario.TryLogin(deviceToken: second).Result();
        _scenario.Login();
    }

    [Fact]
    public void A_device_token_of_an_earlier_generation_is_a_strangers()
    {
        var stale = _scenario.Login().DeviceToken() with { Generation = 0 };
        _scenario.ExhaustGuesses();
        Assert.Equal(Refusal.TooManyAttempts, _scenario.TryLogin(deviceToken: stale).Refusal);
    }

    [Fact]
    public void A_budget_that_is_whole_takes_no_place()
    {
        var known = _scenario.Login().DeviceToken();
        _scenario.TryLogin(right: false, known);
        Assert.Single(_scenario.State.KnownAttempts);
        _scenario.TryLogin(right: true, known);
        Assert.Empty(_scenario.State.KnownAttempts);
    }

    [Fact]
    public void Who_collected_device_tokens_cannot_guess_without_end()
    {
        var collected = CollectDeviceTokens(100);
        var attempts = 0;
        for (var round = 0; round < 10; round++)
            attempts += collected.Count(token => _scenario.TryLogin(right: false, token).Refusal == Refusal.InvalidCredentials);
        Assert.Equal(3 * (Attempts.KnownDeviceLimit + 1), attempts);
        Assert.Equal(Attempts.KnownDeviceLimit, _scenario.State.KnownAttempts.Length);
    }

    [Fact]
    public void A_device_that_settles_its_guess_late_takes_no_place_of_another()
    {
        var collected = CollectDeviceTokens(Attempts.KnownDeviceLimit + 1);
        var late = _scenario.Attempt(collected[^1]);
        _scenario.Wait(AttemptBudget.ReservationLifetime);
        foreach (var token in collected.SkipLast(1))
            _scenario.TryLogin(right: false, token);
        _scenario.Perform(new CompleteLogin(late.Settle(right: true), Scenario.Laptop)).Result();
        Assert.Equal(Attempts.KnownDeviceLimit, _scenario.State.KnownAttempts.Length);
    }

    [Fact]
    public void Budgets_forgotten_after_a_day_make_room_for_others()
    {
        var collected = CollectDeviceTokens(Attempts.KnownDeviceLimit + 1);
        foreach (var token in collected.SkipLast(1))
            _scenario.TryLogin(right: false, token);
        _scenario.Wait(AttemptBudget.Memory);
        _scenario.TryLogin(right: false, collected[^1]);
        Assert.Equal(collected[^1].DeviceId, Assert.Single(_scenario.State.KnownAttempts).Device);
    }

    private List<DeviceTokenFacts> CollectDeviceTokens(int count) =>
        Enumerable.Range(0, count).Select(_ => _scenario.Login().DeviceToken()).ToList();
}

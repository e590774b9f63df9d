using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class LoginTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void A_right_password_opens_a_session()
    {
        var grant = _scenario.Login();
        _scenario.AssertGood(grant);
        Assert.Equal<string>(["pwd"], grant.Session.Methods);
        Assert.Equal(_scenario.Now, grant.Account.LastLogin);
        Assert.Equal(grant.Session.Id, Assert.Single(_scenario.Logged).SessionId);
    }

    [Fact]
    public void Each_login_opens_a_session_of_its_own_also_from_the_same_browser()
    {
        var first = _scenario.Login();
        var again = _scenario.TryLogin(deviceToken: first.DeviceToken()).Result();
        Assert.NotEqual(first.Session.Id, again.Session.Id);
        _scenario.AssertGood(first, again);
    }

    [Fact]
    public void A_device_token_stays_good_for_the_sessions_that_follow()
    {
        var first = _scenario.Login();
        Assert.Equal(first.DeviceToken(), _scenario.TryLogin(deviceToken: first.DeviceToken()).Result().DeviceToken());
    }

    [Fact]
    public void A_wrong_password_is_refused_and_logged()
    {
        Assert.Equal(Refusal.InvalidCredentials, _scenario.TryLogin(right: false).Refusal);
        Assert.Empty(_scenario.State.Sessions);
        var entry = Assert.Single(_scenario.Logged);
        Assert.Equal((ActivityEvents.Login, false, ActivityReasons.WrongPassword), (entry.Event, entry.Succeeded, entry.Reason));
    }

    [Fact]
    public void A_deactivated_account_answers_a_right_password_as_a_wrong_one()
    {
        _scenario.Perform(new Administer { Active = false });
        Assert.Equal(_scenario.TryLogin(right: false), _scenario.TryLogin(right: true));
        Assert.Equal(ActivityReasons.Deactivated, Assert.Single(_scenario.Logged).Reason);
    }

    [Fact]
    public void A_deactivated_account_backs_off_from_right_passwords_too()
    {
        _scenario.Perform(new Administer { Active = false });
        for (var i = 0; i < _scenario.Rules.AttemptsBeforeBackOff; i++)
            _scenario.TryLogin(right: true);
        Assert.Equal(Refusal.TooManyAttempts, _scenario.TryLogin(right: true).Refusal);
    }

    [Fact]
    public void A_password_that_changed_meanwhile_is_wrong()
    {
        var caller = _scenario.Login();
        var attempt = _scenario.Attempt();
        _scenario.Perform(new ChangePassword(caller.Proof(), _scenario.PasswordCheck(caller), "second hash", Scenario.Laptop)).Result();
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Perform(new CompleteLogin(attempt.Settle(right: true), Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void An_account_deactivated_meanwhile_opens_no_session()
    {
        var attempt = _scenario.Attempt();
        _scenario.Perform(new Administer { Active = false });
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Perform(new CompleteLogin(attempt.Settle(right: true), Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void An_account_deleted_meanwhile_is_not_brought_back()
    {
        var attempt = _scenario.Attempt();
        _scenario.Perform(new DeleteByAdministrator());
        Assert.Equal(Refusal.InvalidCredentials, _scenario.Perform(new CompleteLogin(attempt.Settle(right: true), Scenario.Laptop)).Refusal);
        Assert.Null(_scenario.Account);
    }

    [Fact]
    public void There_is_nothing_to_guess_at_an_account_that_is_not_there() =>
        Assert.Equal(Refusal.NoSuchAccount, new Scenario().Perform(new BeginLogin(DeviceToken: null)).Refusal);

    [Fact]
    public void An_address_that_is_still_to_be_confirmed_opens_no_session()
    {
        _scenario.Rules = _scenario.Rules with { ConfirmEmail = true };
        Assert.Equal(Refusal.EmailNotVerified, _scenario.TryLogin().Refusal);
        Assert.Equal(Refusal.InvalidCredentials, _scenario.TryLogin(right: false).Refusal);
        Assert.Empty(_scenario.State.Sessions);
    }

    [Fact]
    public void A_stronger_hash_replaces_the_old_one_and_is_the_same_password()
    {
        var other = _scenario.Attempt();
        _scenario.Perform(new CompleteLogin(_scenario.Attempt().Settle(right: true), Scenario.Laptop) { StrongerHash = "stronger" }).Result();
        Assert.Equal("stronger", _scenario.State.PasswordHash);
        _scenario.Perform(new CompleteLogin(other.Settle(right: true), Scenario.Laptop)).Result();
    }

    [Fact]
    public void A_wrong_password_stores_no_hash()
    {
        _scenario.Perform(new CompleteLogin(_scenario.Attempt().Settle(right: false), Scenario.Laptop) { StrongerHash = "chosen by a stranger" });
        Assert.Equal("first hash", _scenario.State.PasswordHash);
    }

    [Fact]
    public void A_session_keeps_what_the_client_said_within_bounds()
    {
        var client = Scenario.Laptop with { UserAgent = new string('x', 10_000) };
        var device = _scenario.Login(client).Session;
        Assert.Equal("192.0.2.1", device.Address);
        Assert.Equal(256, device.UserAgent!.Length);
    }
}

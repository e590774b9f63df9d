using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class PasskeyTests
{
    private readonly Scenario _scenario = Scenario.Registered();
    private int _challenges;

    [Fact]
    public void A_challenge_is_spent_by_its_first_right_signature()
    {
        var passkey = Add(_scenario.Login(), "one");
        var proof = Proof(passkey, count: 0);
        SignIn(proof).Granted().Result();

        Assert.Equal(Refusal.InvalidCredentials, SignIn(proof).Refusal);

        Assert.Equal(2, _scenario.State.Sessions.Length);
    }

    [Fact]
    public void A_challenge_that_enrolled_a_passkey_signs_nobody_in()
    {
        var mine = _scenario.Login();
        var challenge = Challenge();
        var passkey = _scenario.Perform(new AddPasskey(mine.Proof(), challenge, "one", "key", Scenario.Laptop)).Result();

        Assert.Equal(Refusal.InvalidCredentials, SignIn(new PasskeyProof(passkey.Id, challenge, SignCount: 0)).Refusal);
        Assert.Equal(Refusal.PasskeyNotValid, _scenario.Perform(new AddPasskey(mine.Proof(), challenge, "two", "key", Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void Nothing_is_signed_after_five_minutes()
    {
        var proof = Proof(Add(_scenario.Login(), "one"), count: 0);
        _scenario.Wait(PasskeyChallenge.Lifetime);

        Assert.Equal(Refusal.InvalidCredentials, SignIn(proof).Refusal);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(7, 6)]
    [InlineData(7, 0)]
    public void A_count_that_does_not_grow_is_refused_logged_and_mailed(long first, long then)
    {
        var passkey = Add(_scenario.Login(), "one");
        SignIn(Proof(passkey, first)).Granted().Result();

        Assert.Equal(Refusal.InvalidCredentials, SignIn(Proof(passkey, then)).Refusal);

        Assert.Equal(ActivityReasons.PasskeyCopied, Assert.Single(_scenario.Logged).Reason);
        Assert.Contains(_scenario.State.Mails, mail => mail.Kind == MailKind.PasskeyCopied);
        Assert.Equal(first, Assert.Single(_scenario.State.Passkeys).SignCount);
    }

    [Fact]
    public void An_authenticator_that_does_not_count_is_good_again_and_again()
    {
        var passkey = Add(_scenario.Login(), "one");

        for (var i = 0; i < 3; i++)
            SignIn(Proof(passkey, count: 0)).Granted().Result();
    }

    [Fact]
    public void An_authenticator_has_one_passkey_of_an_account_and_an_account_has_twenty()
    {
        var mine = _scenario.Login();
        Add(mine, "credential 0");
        Assert.Equal(Refusal.PasskeyKnown, TryAdd(mine, "credential 0").Refusal);
        for (var number = 1; number < 20; number++)
            Add(mine, $"credential {number}");

        Assert.Equal(Refusal.PasskeyLimit, TryAdd(mine, "credential 20").Refusal);
        Assert.Equal(Refusal.PasskeyLimit, _scenario.Perform(new BeginPasskey(mine.Proof(), _scenario.PasswordCheck(mine), Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void The_list_of_spent_challenges_is_bounded_by_a_wait()
    {
        var passkey = Add(_scenario.Login(), "one");
        Outcome<LoginResult> last;
        var granted = 0;
        while ((last = SignIn(Proof(passkey, count: 0))).Refusal is null)
            granted++;

        Assert.Equal((31, Refusal.TooManyAttempts), (granted, last.Refusal));
        Assert.Equal(32, _scenario.State.SpentPasskeyChallenges.Length);
        _scenario.Wait(PasskeyChallenge.Lifetime);
        SignIn(Proof(passkey, count: 0)).Granted().Result();
        Assert.Single(_scenario.State.SpentPasskeyChallenges);
    }

    [Fact]
    public void A_second_factor_that_was_proved_lately_stands_for_the_password()
    {
        var (scenario, mine) = Scenario.WithSecondFactor();
        scenario.Perform(new BeginPasskey(mine.Proof(), Attempt: null, Scenario.Laptop)).Result();
        scenario.Wait(TimeSpan.FromMinutes(11));

        Assert.Equal(Refusal.CurrentPasswordOwed, scenario.Perform(new BeginPasskey(mine.Proof(), Attempt: null, Scenario.Laptop)).Refusal);
    }

    [Fact]
    public void A_wrong_password_counts_and_begins_nothing()
    {
        var mine = _scenario.Login();

        var refused = _scenario.Perform(new BeginPasskey(mine.Proof(), _scenario.PasswordCheck(mine, right: false), Scenario.Laptop));

        Assert.Equal(Refusal.WrongCurrentPassword, refused.Refusal);
        Assert.Equal(1, Assert.Single(_scenario.State.KnownAttempts).Budget.Failures);
    }

    [Fact]
    public void The_last_way_to_sign_in_stays()
    {
        var mine = _scenario.Login();
        var (one, two) = (Add(mine, "one"), Add(mine, "two"));
        var account = _scenario.State with { HasNoPassword = true };
        var moment = new Moment(_scenario.Now, Guid.NewGuid, _scenario.Rules);

        var first = new RemovePasskey(mine.Proof(), one.Id, Scenario.Laptop).Decide(account, moment);
        var second = new RemovePasskey(mine.Proof(), two.Id, Scenario.Laptop).Decide(first.State, moment);

        Assert.Null(first.Outcome.Refusal);
        Assert.Equal(Refusal.LastWayToSignIn, second.Outcome.Refusal);
        Assert.Same(first.State, second.State);
    }

    [Fact]
    public void A_deactivated_account_is_entered_by_no_passkey()
    {
        var passkey = Add(_scenario.Login(), "one");
        _scenario.Perform(new Administer { Active = false }).Result();

        Assert.Equal(Refusal.InvalidCredentials, SignIn(Proof(passkey, count: 0)).Refusal);

        Assert.Equal(ActivityReasons.Deactivated, Assert.Single(_scenario.Logged).Reason);
    }

    private Passkey Add(Grant caller, string credentialId) => TryAdd(caller, credentialId).Result();

    private Outcome<Passkey> TryAdd(Grant caller, string credentialId) =>
        _scenario.Perform(new AddPasskey(caller.Proof(), Challenge(), credentialId, "key", Scenario.Laptop));

    private Outcome<LoginResult> SignIn(PasskeyProof proof) => _scenario.Perform(new LogInWithPasskey(proof, Scenario.Laptop));

    private PasskeyProof Proof(Passkey passkey, long count) => new(passkey.Id, Challenge(), count);

    private PasskeyChallenge Challenge() => new(new Guid(++_challenges, 1, 1, new byte[8]), _scenario.Now + PasskeyChallenge.Lifetime);
}

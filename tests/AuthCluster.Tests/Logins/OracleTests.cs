using AuthCluster.Accounts;
using AuthCluster.Options;
using Xunit;

namespace AuthCluster.Tests.Logins;

/// <summary>What a login or registration costs, where its cost must not tell who has an account.</summary>
public sealed class OracleTests
{
    private const string Known = "ann@example.org";
    private const string Deactivated = "ben@example.org";
    private const string Unknown = "nobody@example.org";

    private static readonly AccountRules ThreeGuesses = new() { AttemptsBeforeBackOff = 3 };

    [Theory]
    [InlineData(Known, LoginSetup.Wrong)]
    [InlineData(Deactivated, LoginSetup.Wrong)]
    [InlineData(Deactivated, LoginSetup.Password)]
    [InlineData(Unknown, LoginSetup.Password)]
    public Task Every_refused_login_costs_one_hash_and_the_same_waits_for_the_store(string email, string password) => InTurnsAsync(async () =>
    {
        using var setup = With(ThreeGuesses);

        // The account is out of memory at first, and in memory the second time.
        for (var i = 0; i < 2; i++)
        {
            var hashes = setup.Lane.HashCount;
            Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(email, password)).Refusal);
            Assert.Equal(1, setup.Lane.HashCount - hashes);
            Assert.Equal("find, load, write", setup.Host.Waits);
        }
    });

    [Theory]
    [InlineData("ann", LoginSetup.Wrong)]
    [InlineData("nobody", LoginSetup.Password)]
    [InlineData("two words", LoginSetup.Password)]
    public Task A_refused_login_by_user_name_costs_the_same(string username, string password) => InTurnsAsync(async () =>
    {
        using var setup = new LoginSetup();
        setup.Account(Known, username: "Ann");

        Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(username, password)).Refusal);

        Assert.Equal(1, setup.Lane.HashCount);
        Assert.Equal(username.Contains(' ', StringComparison.Ordinal) ? "load, write" : "find, load, write", setup.Host.Waits);
    });

    [Theory]
    [InlineData(LoginSetup.Wrong, null)]
    [InlineData(LoginSetup.Wrong, "000000")]
    [InlineData(LoginSetup.Password, "000000")]
    [InlineData(LoginSetup.Password, null)]
    public Task With_a_second_factor_right_and_wrong_passwords_cost_the_same(string password, string? otp) => InTurnsAsync(async () =>
    {
        using var setup = new LoginSetup();
        setup.AccountWithSecondFactor(Known);

        for (var i = 0; i < 2; i++)
        {
            var hashes = setup.Lane.HashCount;
            var outcome = await setup.TryAsync(Known, password, otp);
            Assert.Equal(password == LoginSetup.Password && otp is null ? null : Refusal.InvalidCredentials, outcome.Refusal);
            Assert.Equal(1, setup.Lane.HashCount - hashes);
            Assert.Equal("find, load, write", setup.Host.Waits);
        }
    });

    [Theory]
    [InlineData(Known)]
    [InlineData(Deactivated)]
    [InlineData(Unknown)]
    public Task Who_has_to_wait_costs_no_hash_and_the_same_waits_for_the_store(string email) => InTurnsAsync(async () =>
    {
        using var setup = With(ThreeGuesses);
        for (var i = 0; i < 3; i++)
            await setup.LoginAsync(email, LoginSetup.Wrong);
        var (hashes, _) = (setup.Lane.HashCount, setup.Host.Waits);

        var refused = await setup.LoginAsync(email, LoginSetup.Password);
        Assert.Equal(Outcome<Grant>.Wait(TimeSpan.FromSeconds(1)), refused);
        Assert.Equal("find, load", setup.Host.Waits);
        setup.Host.ForgetAll();
        await setup.LoginAsync(email, LoginSetup.Password);
        Assert.Equal("find, load", setup.Host.Waits);
        Assert.Equal(hashes, setup.Lane.HashCount);
    });

    [Theory]
    [InlineData(Known)]
    [InlineData(Deactivated)]
    [InlineData(Unknown)]
    public async Task A_full_lane_costs_nobody_a_guess_and_the_store_no_look(string email)
    {
        using var setup = new LoginSetup(new AccountRules { AttemptsBeforeBackOff = 1 }, laneDepth: 0);
        setup.Account(Known);
        setup.Account(Deactivated, active: false);
        using var gate = new ManualResetEventSlim();
        Task? busy = null;
        setup.Host.Meanwhile = () => busy ??= setup.OccupyLane(gate);

        Assert.Equal(Refusal.Overloaded, (await setup.LoginAsync(email, LoginSetup.Wrong)).Refusal);
        Assert.NotEqual("", setup.Host.Waits);
        Assert.Equal(Refusal.Overloaded, (await setup.LoginAsync(email, LoginSetup.Wrong)).Refusal);
        Assert.Equal("", setup.Host.Waits);
        gate.Set();
        await busy!;
        Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(email, LoginSetup.Wrong)).Refusal);
    }

    [Theory]
    [InlineData(Known, LoginSetup.Password, 2)]
    [InlineData(Known, LoginSetup.Wrong, 1)]
    [InlineData(Deactivated, LoginSetup.Password, 1)]
    [InlineData(Unknown, LoginSetup.Password, 1)]
    public async Task A_weak_hash_is_replaced_only_for_who_gets_in(string email, string password, int hashes)
    {
        using var setup = With(new AccountRules(), cost: PasswordCost.Recommended);

        await setup.LoginAsync(email, password);

        Assert.Equal(hashes, setup.Lane.HashCount);
    }

    [Fact]
    public async Task A_failure_that_cannot_be_logged_has_not_happened()
    {
        using var setup = With(new AccountRules { AttemptsBeforeBackOff = 1 });
        setup.Host.LogIsBroken = true;
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<StateUnavailableException>(() => setup.LoginAsync(Unknown, LoginSetup.Wrong));
        setup.Host.LogIsBroken = false;

        Assert.Equal(Refusal.InvalidCredentials, (await setup.LoginAsync(Unknown, LoginSetup.Wrong)).Refusal);
    }

    [Fact]
    public Task To_register_a_taken_address_costs_what_a_free_one_does_where_it_is_confirmed_by_mail() => InTurnsAsync(async () =>
    {
        using var setup = new LoginSetup(confirmEmail: true);
        setup.Account(Known);

        Assert.Null((await setup.RegisterAsync(Unknown)).Refusal);
        var (freeHashes, freeWaits) = (setup.Lane.HashCount, setup.Host.Waits);
        Assert.Equal(Refusal.EmailTaken, (await setup.RegisterAsync("ANN@example.org")).Refusal);

        Assert.Equal(1, freeHashes);
        Assert.Equal(freeHashes, setup.Lane.HashCount - freeHashes);
        Assert.Equal("find, load, write", freeWaits);
        Assert.Equal(freeWaits, setup.Host.Waits);
        Assert.Equal("email_taken", Assert.Single(setup.Host.Log).Reason);
    });

    [Fact]
    public Task A_taken_user_name_costs_the_same_whether_or_not_the_address_is_taken() => InTurnsAsync(async () =>
    {
        using var setup = new LoginSetup(confirmEmail: true);
        setup.Account(Known, username: "ann");

        Assert.Equal(Refusal.UsernameTaken, (await setup.RegisterAsync(Unknown, "Ann")).Refusal);
        var waits = setup.Host.Waits;
        Assert.Equal(Refusal.UsernameTaken, (await setup.RegisterAsync(Known, "Ann")).Refusal);

        Assert.Equal((0, "find", "find"), (setup.Lane.HashCount, waits, setup.Host.Waits));
    });

    /// <summary>One step at a time, so that what has to wait is never done by the time somebody looks.</summary>
    private static Task InTurnsAsync(Func<Task> test)
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        return Task.Factory.StartNew(test, CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
    }

    private static LoginSetup With(AccountRules rules, PasswordCost cost = PasswordCost.Lowest)
    {
        var setup = new LoginSetup(rules, cost: cost);
        setup.Account(Known);
        setup.Account(Deactivated, active: false);
        return setup;
    }
}

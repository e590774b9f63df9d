using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Accounts;

public sealed class TurnTests
{
    private readonly HeldAccount _account = new();

    [Fact]
    public async Task An_act_is_saved_before_it_is_published_and_published_before_it_is_answered()
    {
        Assert.Null((await RunAsync(new RevokeTokens(RevokedTokens.All))).Refusal);
        Assert.Equal(["load", "save", "publish"], _account.Steps);
        Assert.NotEqual(_account.Stored.AccessSecret, _account.State!.AccessSecret);
    }

    [Fact]
    public async Task What_follows_from_an_act_is_saved_with_it()
    {
        await RunAsync(new RevokeTokens(RevokedTokens.All));
        Assert.Equal(ActivityEvents.TokensRevoked, Assert.Single(_account.Saved!.Effects.Entries()).Event);
        Assert.Equal(RevocationScope.User, Assert.Single(_account.Saved.Revocations).Scope);
        Assert.False(_account.Saved.LeavesCopiesTrue);
    }

    [Fact]
    public async Task An_act_that_token_checks_cannot_see_leaves_copies_where_they_are()
    {
        await RunAsync(new CompleteLogin(new SettledAttempt(Guid.NewGuid(), Device: null, CredentialVersion: 1, Right: false), Scenario.Laptop));
        Assert.True(_account.Saved!.LeavesCopiesTrue);
    }

    [Fact]
    public async Task An_act_that_changes_nothing_is_answered_without_a_save()
    {
        Assert.Null((await RunAsync(new View())).Refusal);
        Assert.Equal(["load"], _account.Steps);
    }

    [Fact]
    public async Task An_attempt_under_way_stays_in_memory_and_is_not_saved()
    {
        Assert.Null((await RunAsync(new BeginLogin(DeviceToken: null))).Refusal);
        Assert.Equal(["load"], _account.Steps);
        Assert.NotEmpty(_account.State!.StrangerAttempts.Reserved);
    }

    [Fact]
    public async Task An_act_that_meets_another_writer_is_decided_once_more()
    {
        _account.Answers.Enqueue(() => SaveResult.VersionConflict);
        Assert.Null((await RunAsync(new RevokeTokens(RevokedTokens.All))).Refusal);
        Assert.Equal(["load", "save", "forget", "load", "save", "publish"], _account.Steps);
    }

    [Fact]
    public async Task An_act_that_meets_other_writers_twice_has_not_happened()
    {
        _account.Answers.Enqueue(() => SaveResult.VersionConflict);
        _account.Answers.Enqueue(() => SaveResult.VersionConflict);
        await Assert.ThrowsAsync<StateUnavailableException>(() => RunAsync(new RevokeTokens(RevokedTokens.All)));
        Assert.Equal(["load", "save", "forget", "load", "save", "forget"], _account.Steps);
    }

    [Fact]
    public async Task Where_nobody_knows_whether_an_act_was_saved_nothing_goes_by_memory()
    {
        _account.Answers.Enqueue(() => throw new StateUnavailableException("The store is gone."));
        await Assert.ThrowsAsync<StateUnavailableException>(() => RunAsync(new RevokeTokens(RevokedTokens.All)));
        Assert.Equal(["load", "save", "forget"], _account.Steps);
    }

    [Theory]
    [InlineData(SaveResult.EmailTaken, Refusal.EmailTaken)]
    [InlineData(SaveResult.LastAdministrator, Refusal.LastAdministrator)]
    public async Task A_save_that_is_refused_is_a_refusal_and_publishes_nothing(SaveResult result, Refusal refusal)
    {
        _account.Answers.Enqueue(() => result);
        Assert.Equal(refusal, (await RunAsync(new RevokeTokens(RevokedTokens.All))).Refusal);
        Assert.Equal(["load", "save"], _account.Steps);
        Assert.Same(_account.Stored, _account.State);
    }

    [Fact]
    public async Task An_act_whose_user_name_is_taken_is_decided_once_more_and_may_go_on_without()
    {
        _account.Answers.Enqueue(() => SaveResult.UsernameTaken);
        Assert.Null((await RunAsync(new RevokeTokens(RevokedTokens.All))).Refusal);
        Assert.Equal(["load", "save", "load", "save", "publish"], _account.Steps);
    }

    [Fact]
    public async Task An_act_whose_user_name_is_taken_twice_is_refused()
    {
        _account.Answers.Enqueue(() => SaveResult.UsernameTaken);
        _account.Answers.Enqueue(() => SaveResult.UsernameTaken);
        Assert.Equal(Refusal.UsernameTaken, (await RunAsync(new RevokeTokens(RevokedTokens.All))).Refusal);
        Assert.Equal(["load", "save", "load", "save"], _account.Steps);
    }

    private Task<Outcome<T>> RunAsync<T>(Act<T> act) => Turn.RunAsync(_account, act, new FakeTimeProvider(), new AccountRules());

    private sealed class HeldAccount : IHeldAccount
    {
        public AccountState Stored { get; } = Registered();

        public Queue<Func<SaveResult>> Answers { get; } = new();

        public List<string> Steps { get; } = [];

        public AccountChange? Saved { get; private set; }

        public Guid Id => Stored.Id;

        public AccountState? State { get; set; }

        public long Version => 1;

        public Task LoadAsync()
        {
            Steps.Add("load");
            State = Stored;
            return Task.CompletedTask;
        }

        public Task<SaveResult> SaveAsync(AccountChange change)
        {
            Steps.Add("save");
            Saved = change;
            return Task.FromResult(Answers.TryDequeue(out var answer) ? answer() : SaveResult.Saved);
        }

        public void Publish(AccountState? state)
        {
            Steps.Add("publish");
            State = state;
        }

        public void Forget()
        {
            Steps.Add("forget");
            State = null;
        }

        private static AccountState Registered()
        {
            var scenario = Scenario.Registered();
            scenario.Login();
            return scenario.State;
        }
    }
}

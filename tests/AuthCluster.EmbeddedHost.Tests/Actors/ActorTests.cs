using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.EmbeddedHost.Actors;
using AuthCluster.EmbeddedHost.Tests.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Actors;

public sealed class ActorTests : IDisposable
{
    private readonly FakeStore _store = new();
    private readonly EmbeddedAccounts _accounts;

    public ActorTests() => _accounts = new EmbeddedAccounts(_store, new AccountRules { SessionLimit = 5 }, new FakeTimeProvider());

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public async Task A_stored_account_has_a_standing_and_a_second_look_waits_for_nothing()
    {
        var state = _store.PutNew();

        var cold = await _accounts.StandingAsync(state.Id);
        var warm = _accounts.StandingAsync(state.Id);

        Assert.Equal(state.AccessSecret, cold!.AccessSecret);
        Assert.True(warm.IsCompletedSuccessfully);
        Assert.Same(cold, await warm);
        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task An_account_that_is_gone_is_looked_up_once_and_found_again_when_it_is_made()
    {
        var id = Guid.NewGuid();

        for (var look = 0; look < 20; look++)
            Assert.Null(await _accounts.StandingAsync(id));
        Assert.Equal(1, _store.Loads);

        Assert.Null((await _accounts.For(id).PerformAsync(new Register(id, "ann@example.org", "$made-up$hash", default))).Refusal);
        Assert.NotNull(await _accounts.StandingAsync(id));
    }

    [Fact]
    public async Task A_look_at_a_warm_account_allocates_nothing()
    {
        var state = _store.PutNew();
        await _accounts.StandingAsync(state.Id);
        Look();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Look();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Look()
        {
            for (var i = 0; i < 100; i++)
                AssertWarm(_accounts.StandingAsync(state.Id));
        }

        static void AssertWarm(ValueTask<Standing?> standing) => Assert.True(standing.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Accounts_that_do_not_exist_leave_nothing_in_memory()
    {
        var id = Guid.NewGuid();

        Assert.Null(await _accounts.StandingAsync(id));
        Assert.Equal(Refusal.NoSuchAccount, (await _accounts.For(id).PerformAsync(new View())).Refusal);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _accounts.For(id).PerformAsync(new View()))));

        Assert.Equal(0, _accounts.ResidentCount);
    }

    [Fact]
    public async Task Nobody_sees_a_change_before_it_is_stored()
    {
        var state = _store.PutNew();
        await _accounts.StandingAsync(state.Id);
        var (reached, go) = _store.HoldNext();

        var revoked = _accounts.For(state.Id).PerformAsync(new RevokeTokens(RevokedTokens.All));
        await reached;
        Assert.Equal(state.AccessSecret, (await _accounts.StandingAsync(state.Id))!.AccessSecret);
        Assert.False(revoked.IsCompleted);
        go.SetResult();
        await revoked;

        Assert.NotEqual(state.AccessSecret, (await _accounts.StandingAsync(state.Id))!.AccessSecret);
        Assert.Empty((await _accounts.StandingAsync(state.Id))!.Sessions);
    }

    [Fact]
    public async Task A_deleted_account_has_no_standing()
    {
        var state = _store.PutNew();
        await _accounts.StandingAsync(state.Id);

        await _accounts.For(state.Id).PerformAsync(new DeleteByAdministrator());

        Assert.Null(await _accounts.StandingAsync(state.Id));
        Assert.Equal(0, _accounts.ResidentCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_save_of_which_nobody_knows_the_store_is_asked(bool committed)
    {
        var state = _store.PutNew();
        await _accounts.StandingAsync(state.Id);
        _store.Next(change =>
        {
            if (committed)
                _store.Save(change);
            throw new StateUnavailableException("Nobody knows.");
        });

        await Assert.ThrowsAsync<StateUnavailableException>(() => _accounts.For(state.Id).PerformAsync(new RevokeTokens(RevokedTokens.All)));

        Assert.Equal(!committed, (await _accounts.StandingAsync(state.Id))!.AccessSecret == state.AccessSecret);
        Assert.Equal(2, _store.Loads);
        Assert.Null((await _accounts.For(state.Id).PerformAsync(new RevokeTokens(RevokedTokens.All))).Refusal);
    }

    [Fact]
    public async Task While_the_store_cannot_be_read_nothing_is_said_of_an_account()
    {
        var state = _store.PutNew();
        await _accounts.StandingAsync(state.Id);
        _store.Unreadable = true;
        _store.Next(_ => throw new StateUnavailableException("Nobody knows."));
        await Assert.ThrowsAsync<StateUnavailableException>(() => _accounts.For(state.Id).PerformAsync(new RevokeTokens(RevokedTokens.All)));

        await Assert.ThrowsAsync<StateUnavailableException>(() => _accounts.StandingAsync(state.Id).AsTask());
        await Assert.ThrowsAsync<StateUnavailableException>(() => _accounts.For(state.Id).PerformAsync(new View()));

        _store.Unreadable = false;
        Assert.NotNull(await _accounts.StandingAsync(state.Id));
    }

    [Fact]
    public async Task An_account_that_somebody_else_wrote_is_read_again_and_decided_on_anew()
    {
        var state = _store.PutNew();
        await _accounts.StandingAsync(state.Id);
        _store.Put(state with { Active = false }, version: 5);

        var outcome = await _accounts.For(state.Id).PerformAsync(new Administer { Roles = ["editor"] });

        Assert.False(outcome.Result!.Active);
        Assert.Equal(6, _store.Stored(state.Id)!.Version);
        Assert.Equal(1, _store.Conflicts);
    }

    [Fact]
    public async Task An_account_that_is_always_written_by_somebody_else_is_unavailable()
    {
        var state = _store.PutNew();
        _store.Next(SaveResult.VersionConflict);
        _store.Next(SaveResult.VersionConflict);

        await Assert.ThrowsAsync<StateUnavailableException>(() => _accounts.For(state.Id).PerformAsync(new Administer { Roles = ["editor"] }));

        Assert.Empty(_store.Stored(state.Id)!.State.Roles);
    }

    [Theory]
    [InlineData(SaveResult.EmailTaken, Refusal.EmailTaken)]
    [InlineData(SaveResult.LastAdministrator, Refusal.LastAdministrator)]
    public async Task A_refused_save_is_a_refused_act_and_the_account_stays_as_it_was(SaveResult result, Refusal refusal)
    {
        var state = _store.PutNew();
        var before = await _accounts.StandingAsync(state.Id);
        _store.Next(result);

        Assert.Equal(refusal, (await _accounts.For(state.Id).PerformAsync(new Administer { Active = false })).Refusal);

        Assert.Same(before, await _accounts.StandingAsync(state.Id));
        Assert.True((await _accounts.For(state.Id).PerformAsync(new View())).Result!.Active);
    }

    [Fact]
    public async Task Acts_that_come_at_once_happen_one_after_the_other()
    {
        var state = _store.PutNew();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            _accounts.For(state.Id).PerformAsync(new Administer { Roles = [$"role{i}"] }))));

        Assert.Equal(0, _store.Conflicts);
        Assert.Equal(65, _store.Stored(state.Id)!.Version);
        Assert.Equal(state.ActivityCount + 64, _store.Stored(state.Id)!.State.ActivityCount);
    }

    [Fact]
    public async Task One_refresh_token_presented_many_times_at_once_has_one_successor()
    {
        var state = _store.PutNew();
        var device = state.Sessions[0];
        var act = new RefreshSession(device.Id, device.Rotation.TokenId, state.RefreshSecret, Samples.Client());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _accounts.For(state.Id).PerformAsync(act))));

        var successor = Assert.Single(outcomes.Select(outcome => outcome.Result!.Session.Rotation.TokenId).Distinct());
        Assert.NotEqual(device.Rotation.TokenId, successor);
        Assert.Equal(2, _store.Stored(state.Id)!.Version);
    }

    [Fact]
    public async Task Logins_at_once_never_exceed_the_device_limit()
    {
        var state = _store.PutNew();

        var sessions = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            var account = _accounts.For(state.Id);
            await account.PerformAsync(new CompleteLogin(Samples.RightAttempt(state), Samples.Client()));
            return (await _accounts.StandingAsync(state.Id))!.Sessions.Length;
        })));

        Assert.All(sessions, count => Assert.InRange(count, 1, 5));
        Assert.Equal(5, _store.Stored(state.Id)!.State.Sessions.Length);
    }

    [Fact]
    public async Task A_guess_under_way_is_remembered_but_not_stored()
    {
        var state = _store.PutNew();
        var attempts = new List<Outcome<Attempt>>();
        for (var i = 0; i < 11; i++)
            attempts.Add(await _accounts.For(state.Id).PerformAsync(new BeginLogin(DeviceToken: null)));

        Assert.Equal(Refusal.TooManyAttempts, attempts[^1].Refusal);
        Assert.Equal(1, _store.Stored(state.Id)!.Version);
    }
}

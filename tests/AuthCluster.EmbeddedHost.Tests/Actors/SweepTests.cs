using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.EmbeddedHost.Actors;
using AuthCluster.EmbeddedHost.Tests.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Actors;

public sealed class SweepTests : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);

    private readonly FakeStore _store = new();
    private readonly FakeTimeProvider _time = new(Samples.Noon);
    private readonly EmbeddedAccounts _accounts;

    public SweepTests() => _accounts = new EmbeddedAccounts(_store, new AccountRules(), _time, IdleTime);

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public async Task An_account_that_nobody_used_leaves_memory_and_comes_back()
    {
        var state = _store.PutNew();
        var before = await _accounts.StandingAsync(state.Id);

        SweepAfter(IdleTime);
        Assert.Equal(0, _accounts.ResidentCount);

        Assert.Equal(before!.AccessSecret, (await _accounts.StandingAsync(state.Id))!.AccessSecret);
        Assert.Equal(2, _store.Loads);
    }

    [Fact]
    public async Task A_token_check_keeps_an_account_in_memory()
    {
        var state = _store.PutNew();
        await _accounts.StandingAsync(state.Id);
        for (var i = 0; i < 5; i++)
        {
            SweepAfter(IdleTime * 0.9);
            Assert.Equal(1, _accounts.ResidentCount);
            await _accounts.StandingAsync(state.Id);
        }

        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task An_account_in_the_middle_of_a_turn_stays()
    {
        var state = _store.PutNew();
        var (reached, go) = _store.HoldNext();
        var running = _accounts.For(state.Id).PerformAsync(new RevokeTokens(RevokedTokens.All));
        await reached;
        var waiting = _accounts.For(state.Id).PerformAsync(new View());

        SweepAfter(IdleTime * 2);
        Assert.Equal(1, _accounts.ResidentCount);
        go.SetResult();
        await Task.WhenAll(running, waiting);

        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task An_account_with_a_guess_under_way_stays_until_nobody_can_settle_it()
    {
        var state = _store.PutNew();
        using var impatient = new EmbeddedAccounts(_store, new AccountRules(), _time, AttemptBudget.ReservationLifetime / 2);
        await impatient.For(state.Id).PerformAsync(new BeginLogin(DeviceToken: null));

        _time.Advance(AttemptBudget.ReservationLifetime / 2);
        impatient.SweepIdle();
        Assert.Equal(1, impatient.ResidentCount);

        _time.Advance(AttemptBudget.ReservationLifetime / 2);
        impatient.SweepIdle();
        Assert.Equal(0, impatient.ResidentCount);
    }

    [Fact]
    public async Task Who_holds_an_account_that_left_memory_reaches_its_successor()
    {
        var state = _store.PutNew();
        var held = _accounts.For(state.Id);
        await held.PerformAsync(new View());
        SweepAfter(IdleTime);

        await held.PerformAsync(new RevokeTokens(RevokedTokens.All));

        Assert.NotSame(held, _accounts.For(state.Id));
        Assert.Null(held.Standing);
        Assert.NotEqual(state.AccessSecret, (await _accounts.StandingAsync(state.Id))!.AccessSecret);
    }

    [Fact]
    public async Task Accounts_swept_while_in_use_are_never_there_twice_and_lose_no_act()
    {
        const int callers = 8;
        const int rounds = 300;
        var states = Enumerable.Range(0, 12).Select(_ => _store.PutNew()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var held = states.Select(state => _accounts.For(state.Id)).ToArray();
            for (var round = 0; round < rounds; round++)
            {
                var id = states[round % states.Length].Id;
                var account = round % 2 == 0 ? held[round % states.Length] : _accounts.For(id);
                Assert.Null((await account.PerformAsync(new Administer { Roles = [Guid.NewGuid().ToString()] })).Refusal);
                SweepAfter(IdleTime);
                Assert.NotNull(await _accounts.StandingAsync(id));
            }
        })));

        // Two actors of one account would have met in the store.
        Assert.Equal(0, _store.Conflicts);
        Assert.Equal(callers * rounds, states.Sum(state => _store.Stored(state.Id)!.Version - 1));
        Assert.True(_store.Loads > states.Length, "No account was swept while in use.");
    }

    [Fact]
    public async Task A_revoked_secret_is_never_seen_again_while_accounts_are_swept()
    {
        var state = _store.PutNew();
        using var done = new CancellationTokenSource();
        var sweeping = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                SweepAfter(IdleTime);
        });

        for (var round = 0; round < 500; round++)
        {
            var before = (await _accounts.StandingAsync(state.Id))!.AccessSecret;
            await _accounts.For(state.Id).PerformAsync(new RevokeTokens(RevokedTokens.Access));
            Assert.NotEqual(before, (await _accounts.StandingAsync(state.Id))!.AccessSecret);
        }

        await done.CancelAsync();
        await sweeping;
    }

    private void SweepAfter(TimeSpan passed)
    {
        _time.Advance(passed);
        _accounts.SweepIdle();
    }
}

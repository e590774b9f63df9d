using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.EmbeddedHost.Actors;
using AuthCluster.EmbeddedHost.Tests.Sqlite;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Actors;

public sealed class ActorOnSqliteTests : IDisposable
{
    private readonly TemporaryDatabase _files = new();
    private readonly EmbeddedAccounts _accounts;

    public ActorOnSqliteTests() => _accounts = new EmbeddedAccounts(_files.Accounts, new AccountRules(), TimeProvider.System);

    public void Dispose()
    {
        _accounts.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task An_act_that_the_disk_refused_has_not_happened_in_memory_either()
    {
        var id = await RegisterAsync("ada@example.com");
        var before = await _accounts.StandingAsync(id);
        await _files.FillDiskAsync();

        var large = new Administer { Roles = [new string('x', 50_000)] };
        await Assert.ThrowsAsync<StateUnavailableException>(() => _accounts.For(id).PerformAsync(large));

        var after = await _accounts.StandingAsync(id);
        Assert.NotSame(before, after);
        Assert.Empty(after!.Roles);
        Assert.Equal(before!.AccessSecret, after.AccessSecret);
        Assert.Null((await _accounts.For(id).PerformAsync(new Administer { Roles = ["editor"] })).Refusal);
    }

    [Fact]
    public async Task What_is_in_memory_is_what_is_stored_to_the_millisecond()
    {
        var id = await RegisterAsync("ada@example.com");
        var attempt = new SettledAttempt(Guid.NewGuid(), Device: null, 1, Right: true);
        var login = (await _accounts.For(id).PerformAsync(new CompleteLogin(attempt, Samples.Client()))).Result;
        var grant = Assert.IsType<Granted>(login).Grant;

        var stored = (await _files.Accounts.LoadAsync(id))!.State;

        Assert.Equal(grant.Session.LastSeen, stored.Sessions[0].LastSeen);
        Assert.Equal(grant.Session.Rotation.Expires, stored.Sessions[0].Rotation.Expires);
        Assert.Equal(grant.Account.Joined, stored.Joined);
    }

    [Fact]
    public async Task Of_many_who_register_one_address_at_once_one_gets_it()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() =>
        {
            var id = Guid.NewGuid();
            return _accounts.For(id).PerformAsync(new Register(id, "ada@example.com", "$hash$", Samples.Client()));
        })));

        Assert.Single(outcomes, outcome => outcome.Refusal is null);
        Assert.All(outcomes, outcome => Assert.True(outcome.Refusal is null or Refusal.EmailTaken));
        Assert.Equal(1, _accounts.ResidentCount);
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_deleted()
    {
        var id = Guid.NewGuid();
        await _accounts.For(id).PerformAsync(
            new Register(id, "admin@example.com", "$hash$", Samples.Client()) { Roles = [AccountState.AdministratorRole] });

        Assert.Equal(Refusal.LastAdministrator, (await _accounts.For(id).PerformAsync(new DeleteByAdministrator())).Refusal);

        Assert.Contains(AccountState.AdministratorRole, (await _accounts.StandingAsync(id))!.Roles);
    }

    private async Task<Guid> RegisterAsync(string email)
    {
        var id = Guid.NewGuid();
        Assert.Null((await _accounts.For(id).PerformAsync(new Register(id, email, "$hash$", Samples.Client()))).Refusal);
        return id;
    }
}

using AuthCluster.Accounts;
using AuthCluster.Options;
using AuthCluster.OrleansHost.Grains;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class ImportGrainTests(GrainFixture fixture) : GrainSuite(fixture)
{
    [Fact]
    public async Task An_import_that_broke_off_can_be_done_again_though_its_address_was_asked_for_meanwhile()
    {
        var account = NewAccount();
        Records.Before = FailWritesOfAccounts;
        await Assert.ThrowsAsync<StateUnavailableException>(() => ImportAsync(account));
        Records.Before = null;
        Assert.Null(await Accounts.FindAsync(Canonical(account.Email!)));

        Assert.Equal(ImportAnswer.Imported, await ImportAsync(account));
        Assert.Equal(account.Id, await Accounts.FindAsync(Canonical(account.Email!)));
    }

    [Fact]
    public async Task An_imported_administrator_counts_as_one()
    {
        var account = NewAccount(AccountState.AdministratorRole);

        Assert.Equal(ImportAnswer.Imported, await ImportAsync(account));

        var administrators = Silos.Read<AdministratorsRecord>("administrators", Cluster.GetGrain<IAdministratorsGrain>(0).GetGrainId());
        Assert.True(administrators.Marks[account.Id].IsActive);
    }

    [Fact]
    public async Task A_key_that_was_retired_since_it_was_imported_does_not_come_back()
    {
        var ring = Cluster.GetGrain<IKeyRingGrain>(0);
        var now = DateTimeOffset.UtcNow;
        var key = new StoredKey { Id = "imported", Algorithm = TokenAlgorithm.ES256, Created = now, SignsFrom = now, SealedKey = [1] };
        var own = key with { Id = "own" };
        Assert.NotNull(await ring.SaveAsync([own], (await LoadAsync()).Version, []));
        Assert.Equal(1, await ring.ImportAsync([key]));
        Assert.Equal(["imported", "own"], (await LoadAsync()).Keys.Select(kept => kept.Id));

        Assert.NotNull(await ring.SaveAsync([own], (await LoadAsync()).Version, []));

        Assert.Equal(0, await ring.ImportAsync([key]));
        Assert.Equal(["own"], (await LoadAsync()).Keys.Select(kept => kept.Id));

        Task<StoredKeyRing> LoadAsync() => Cluster.GetGrain<IKeyRingReaderGrain>(0).ReadAsync(TimeSpan.FromSeconds(5));
    }

    private Task<ImportAnswer> ImportAsync(AccountState account) =>
        Cluster.GetGrain<IAccountGrain>(account.Id).ImportAsync(AccountDocument.Write(account));

    private static AccountState NewAccount(params string[] roles) => new()
    {
        Id = Guid.NewGuid(),
        Email = NewEmail(),
        PasswordHash = Password,
        AccessSecret = Guid.NewGuid(),
        RefreshSecret = Guid.NewGuid(),
        Roles = [.. roles],
        Joined = DateTimeOffset.UtcNow,
    };

    private static void FailWritesOfAccounts(RecordOperation operation)
    {
        if (operation is { Act: RecordAct.Write, Name: "account" })
            throw OutOfOrder();
    }
}

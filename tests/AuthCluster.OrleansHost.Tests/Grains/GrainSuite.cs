using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Grains;
using AuthCluster.OrleansHost.Leases;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

/// <summary>Three silos for the tests that make the store fail, which run one after another.</summary>
public sealed class GrainFixture : IAsyncLifetime
{
    internal TestSilos Silos { get; private set; } = null!;

    public async Task InitializeAsync() => Silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await Silos.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class OneStore : ICollectionFixture<GrainFixture>
{
    public const string Name = "grains";
}

[Collection(OneStore.Name)]
public abstract class GrainSuite(GrainFixture fixture) : IAsyncLifetime
{
    protected const string Password = "$made-up$hash";

    private protected TestSilos Silos => fixture.Silos;

    private protected RecordStore Records => fixture.Silos.Records;

    private protected IGrainFactory Cluster => fixture.Silos.Cluster.Client;

    /// <summary>As a node has them that keeps no copies, because no lender can call it back.</summary>
    private protected IAccounts Accounts => new ClusterAccounts(Cluster, new Holder(Guid.NewGuid(), 0, HolderCalls, TimeProvider.System), TimeProvider.System);

    private HolderCalls HolderCalls => new(Cluster, new HolderReference(), new LeaseTimes(TimeSpan.FromSeconds(5)), TimeProvider.System);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        (Records.Before, Records.After, Records.Hold) = (null, null, null);
        return Task.CompletedTask;
    }

    private protected static string NewEmail() => $"{Guid.NewGuid():N}@example.com";

    private protected static CanonicalEmail Canonical(string email) => CanonicalEmail.TryParse(email, out var canonical)
        ? canonical
        : throw new ArgumentException("That is no address.", nameof(email));

    private protected Task<Outcome<AccountView>> RegisterAsync(Guid id, string email, params string[] roles) =>
        Accounts.For(id).PerformAsync(new Register(id, email, Password, default) { Roles = [.. roles] });

    private protected async Task<Guid> RegisterAsync(params string[] roles)
    {
        var id = Guid.NewGuid();
        Assert.Null((await RegisterAsync(id, NewEmail(), roles)).Refusal);
        return id;
    }

    private protected Task<Outcome<Done>> RevokeAsync(Guid id) => Accounts.For(id).PerformAsync(new RevokeTokens(RevokedTokens.All));

    /// <summary>The record as it is stored, whatever the grain has in memory.</summary>
    private protected AccountRecord Stored(Guid id) => Silos.Read<AccountRecord>("account", RecordOf(id));

    private protected GrainId RecordOf(Guid id) => Cluster.GetGrain<IAccountGrain>(id).GetGrainId();

    /// <summary>As after a crash: no grain has anything in memory.</summary>
    private protected async Task ForgetAllAsync() =>
        await fixture.Silos.Cluster.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    private protected static StateUnavailableException OutOfOrder() => new("The store of this test is out of order.");
}

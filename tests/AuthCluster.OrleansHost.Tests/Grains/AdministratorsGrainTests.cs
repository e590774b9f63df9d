using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.OrleansHost.Grains;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

/// <summary>Each test begins and ends without administrators that the grain knows of.</summary>
public sealed class AdministratorsGrainTests(GrainFixture fixture) : GrainSuite(fixture)
{
    private static readonly Administer Demotion = new() { Roles = [] };

    private IAdministratorsGrain Administrators => Cluster.GetGrain<IAdministratorsGrain>(0);

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await ForgetAdministratorsAsync();
        var (first, second) = (await RegisterAsync("admin"), await RegisterAsync("admin"));

        Assert.Null((await Accounts.For(first).PerformAsync(Demotion)).Refusal);

        Assert.Equal(Refusal.LastAdministrator, (await Accounts.For(second).PerformAsync(Demotion)).Refusal);
        Assert.Equal(Refusal.LastAdministrator, (await Accounts.For(second).PerformAsync(new Administer { Active = false })).Refusal);
        Assert.Equal(Refusal.LastAdministrator, (await Accounts.For(second).PerformAsync(new DeleteByAdministrator())).Refusal);
        Assert.Contains("admin", (await Accounts.StandingAsync(second))!.Roles);
    }

    [Fact]
    public async Task An_administrator_whose_demotion_could_not_be_stored_still_counts()
    {
        await ForgetAdministratorsAsync();
        var (first, second) = (await RegisterAsync("admin"), await RegisterAsync("admin"));
        Records.Before = operation =>
        {
            if (operation.Act == RecordAct.Write && operation.Grain == RecordOf(first))
                throw OutOfOrder();
        };
        await Assert.ThrowsAsync<StateUnavailableException>(() => Accounts.For(first).PerformAsync(Demotion));
        Records.Before = null;

        Assert.Contains("admin", (await Accounts.StandingAsync(first))!.Roles);

        Assert.Null((await Accounts.For(second).PerformAsync(Demotion)).Refusal);
        Assert.Equal(Refusal.LastAdministrator, (await Accounts.For(first).PerformAsync(Demotion)).Refusal);
    }

    [Fact]
    public async Task An_administrator_whom_the_grain_lost_joins_again_when_loaded()
    {
        await ForgetAdministratorsAsync();
        var (first, second) = (await RegisterAsync("admin"), await RegisterAsync("admin"));
        await ForgetAdministratorsAsync();
        Assert.Equal(Refusal.LastAdministrator, (await Accounts.For(first).PerformAsync(Demotion)).Refusal);

        await Accounts.StandingAsync(second);

        Assert.Null((await Accounts.For(first).PerformAsync(Demotion)).Refusal);
    }

    [Fact]
    public async Task Whoever_left_does_not_join_again_with_an_old_state()
    {
        await ForgetAdministratorsAsync();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.True(await Administrators.JoinAsync(first, 1));
        Assert.True(await Administrators.JoinAsync(second, 1));
        Assert.True(await Administrators.LeaveAsync(first, 5));

        Assert.False(await Administrators.JoinAsync(first, 5));
        Assert.False(await Administrators.LeaveAsync(second, 1));
        Assert.True(await Administrators.JoinAsync(first, 6));
    }

    private async Task ForgetAdministratorsAsync()
    {
        await ForgetAllAsync();
        Silos.Write("administrators", Administrators.GetGrainId(), new AdministratorsRecord());
    }
}

using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.OrleansHost.Grains;
using AuthCluster.OrleansHost.Tests.Cluster;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class LoginNameGrainTests(GrainFixture fixture) : GrainSuite(fixture)
{
    public static TheoryData<int, bool, bool> Crashes
    {
        get
        {
            var crashes = new TheoryData<int, bool, bool>();
            foreach (var write in Enumerable.Range(1, 6))
            {
                crashes.Add(write, true, true);
                crashes.Add(write, true, false);
                crashes.Add(write, false, true);
                crashes.Add(write, false, false);
            }

            return crashes;
        }
    }

    public static TheoryData<int, bool, bool> CrashesOfTwoNames
    {
        get
        {
            var crashes = new TheoryData<int, bool, bool>();
            foreach (var write in Enumerable.Range(1, 6))
            {
                crashes.Add(write, true, true);
                crashes.Add(write, false, true);
                crashes.Add(write, false, false);
            }

            return crashes;
        }
    }

    [Fact]
    public async Task A_reservation_that_nobody_finished_heals()
    {
        var email = NewEmail();
        Assert.True(await EmailGrain(email).ReserveAsync(Guid.NewGuid()));

        Assert.Null(await Accounts.FindAsync(Canonical(email)));
        var id = Guid.NewGuid();
        Assert.True(await EmailGrain(email).ReserveAsync(Guid.NewGuid()));
        Assert.Null((await RegisterAsync(id, email)).Refusal);
        Assert.Equal(id, await Accounts.FindAsync(Canonical(email)));
    }

    [Fact]
    public async Task While_an_account_is_being_stored_its_address_is_taken()
    {
        var (email, first) = (NewEmail(), Guid.NewGuid());
        var (storing, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        Records.Hold = operation =>
        {
            if (operation is not { Act: RecordAct.Write, Name: "account" } || operation.Grain != RecordOf(first))
                return Task.CompletedTask;
            storing.SetResult();
            return goOn.Task;
        };
        var registering = RegisterAsync(first, email);
        await storing.Task;

        var second = await RegisterAsync(Guid.NewGuid(), email);

        Assert.Equal(Refusal.EmailTaken, second.Refusal);
        goOn.SetResult();
        Assert.Null((await registering).Refusal);
        Assert.Equal(first, await Accounts.FindAsync(Canonical(email)));
    }

    [Fact]
    public async Task A_registration_that_stalled_in_another_activation_is_fenced_off()
    {
        var (email, first, second) = (NewEmail(), Guid.NewGuid(), Guid.NewGuid());
        // The other activation reserved the address and has read the record, which is not there; then it stands still.
        Assert.True(await EmailGrain(email).ReserveAsync(first));

        Assert.Null((await RegisterAsync(second, email)).Refusal);

        // Now it goes on: its save names a record that is not the stored one any more.
        var late = new AccountRecord { Document = [], Version = 1 };
        Assert.Throws<Orleans.Storage.InconsistentStateException>(() => Silos.Write("account", RecordOf(first), late, expectedTag: null));
        Assert.Equal(second, await Accounts.FindAsync(Canonical(email)));
    }

    /// <summary>Fails the n-th write, before it was stored or after, with what is in memory kept or lost.</summary>
    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task A_registration_that_breaks_off_leaves_an_account_with_its_address_or_neither(int write, bool isStored, bool forgetting)
    {
        var (email, first, second) = (NewEmail(), Guid.NewGuid(), Guid.NewGuid());

        await BreakOffAsync(write, isStored, () => RegisterAsync(first, email));

        if (forgetting)
            await ForgetAllAsync();
        await AssertOneHolderAsync(email, first, second);
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task A_deletion_that_breaks_off_leaves_an_account_with_its_address_or_neither(int write, bool isStored, bool forgetting)
    {
        var (email, first, second) = (NewEmail(), Guid.NewGuid(), Guid.NewGuid());
        Assert.Null((await RegisterAsync(first, email)).Refusal);

        await BreakOffAsync(write, isStored, () => Accounts.For(first).PerformAsync(new DeleteByAdministrator()));

        if (forgetting)
            await ForgetAllAsync();
        await AssertOneHolderAsync(email, first, second);
    }

    /// <summary>The same of one that has both names: a later registration of one of them is refused where it is held, and has it where it is free.</summary>
    [Theory]
    [MemberData(nameof(CrashesOfTwoNames))]
    public async Task An_account_holds_both_its_names_or_neither(int write, bool isStored, bool forgetting)
    {
        var (email, username, first) = (NewEmail(), NewUsername(), Guid.NewGuid());

        await BreakOffAsync(write, isStored, () => RegisterAsync(first, email, username));

        if (forgetting)
            await ForgetAllAsync();
        var exists = await Accounts.StandingAsync(first) is not null;
        Assert.Equal(exists ? Refusal.UsernameTaken : null, (await RegisterAsync(Guid.NewGuid(), NewEmail(), username)).Refusal);
        Assert.Equal(exists ? Refusal.EmailTaken : null, (await RegisterAsync(Guid.NewGuid(), email, NewUsername())).Refusal);
    }

    [Fact]
    public async Task A_registration_that_lost_its_user_name_leaves_its_address_free()
    {
        var (email, username) = (NewEmail(), NewUsername());
        Assert.Null((await RegisterAsync(Guid.NewGuid(), NewEmail(), username.ToUpperInvariant())).Refusal);

        Assert.Equal(Refusal.UsernameTaken, (await RegisterAsync(Guid.NewGuid(), email, username)).Refusal);

        Assert.Null(await Accounts.FindAsync(Canonical(email)));
        Assert.Null((await RegisterAsync(Guid.NewGuid(), email)).Refusal);
    }

    [Fact]
    public async Task The_user_name_of_a_deleted_account_is_free_again()
    {
        var (id, username) = (Guid.NewGuid(), NewUsername());
        Assert.Null((await RegisterAsync(id, NewEmail(), username)).Refusal);

        await Accounts.For(id).PerformAsync(new DeleteByAdministrator());

        Assert.Null((await RegisterAsync(Guid.NewGuid(), NewEmail(), username)).Refusal);
    }

    private static string NewUsername() => $"user-{Guid.NewGuid():N}";

    private Task<Outcome<AccountView>> RegisterAsync(Guid id, string email, string username) =>
        Accounts.For(id).PerformAsync(new Register(id, email, Password, default) { Username = username });

    private ILoginNameGrain EmailGrain(string email) => Cluster.GetGrain<ILoginNameGrain>(LoginNameKey.Of(Canonical(email)));

    private async Task BreakOffAsync(int write, bool isStored, Func<Task> act)
    {
        var writes = 0;
        void Fail(RecordOperation operation)
        {
            if (operation is { Act: not RecordAct.Read, Name: "account" or "email" } && Interlocked.Increment(ref writes) == write)
                throw OutOfOrder();
        }

        if (isStored)
            Records.After = Fail;
        else
            Records.Before = Fail;
        try
        {
            await act();
        }
        catch (StateUnavailableException)
        {
            // Nobody was told that it happened, so both is right.
        }

        (Records.Before, Records.After) = (null, null);
    }

    private async Task AssertOneHolderAsync(string email, Guid first, Guid second)
    {
        var holder = await Accounts.FindAsync(Canonical(email));
        var exists = await Accounts.StandingAsync(first) is not null;
        Assert.Equal(exists ? first : null, holder);

        var registered = await RegisterAsync(second, email);

        Assert.Equal(exists ? Refusal.EmailTaken : null, registered.Refusal);
        Assert.Equal(exists ? first : second, await Accounts.FindAsync(Canonical(email)));
    }
}

using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.OrleansHost.Grains;
using AuthCluster.OrleansHost.Tests.Cluster;
using AuthCluster.OrleansHost.Tests.Wire;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Grains;

public sealed class AccountGrainTests(GrainFixture fixture) : GrainSuite(fixture)
{
    [Fact]
    public async Task What_somebody_else_stored_is_what_the_next_act_is_decided_on()
    {
        var id = await RegisterAsync();
        var state = AccountDocument.Read(Stored(id).Document);
        WriteBehind(id, state with { Active = false });

        Assert.True((await Accounts.StandingAsync(id))!.Active, "the grain has read the record anew already");
        Assert.Null((await RevokeAsync(id)).Refusal);

        var stored = AccountDocument.Read(Stored(id).Document);
        Assert.False(stored.Active);
        Assert.NotEqual(state.AccessSecret, stored.AccessSecret);
        Assert.Null(Samples.Difference(Standing.Of(stored), await Accounts.StandingAsync(id)));
    }

    [Fact]
    public async Task A_token_of_an_account_that_is_gone_costs_one_read_however_often_it_is_shown()
    {
        var (id, accounts) = (Guid.NewGuid(), Accounts);
        var reads = 0;
        Records.Before = operation => reads += operation.Act == RecordAct.Read && operation.Grain == RecordOf(id) ? 1 : 0;

        for (var i = 0; i < 10; i++)
            Assert.Null(await accounts.StandingAsync(id));

        // An activation reads when it begins, and its first turn reads nothing again.
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task An_act_that_meets_other_writers_twice_has_not_happened()
    {
        var id = await RegisterAsync();
        var before = AccountDocument.Read(Stored(id).Document);
        Records.Before = operation =>
        {
            if (operation.Act == RecordAct.Write && operation.Grain == RecordOf(id))
                WriteBehind(id, before);
        };

        await Assert.ThrowsAsync<StateUnavailableException>(() => RevokeAsync(id));

        Records.Before = null;
        Assert.Equal(before.AccessSecret, (await Accounts.StandingAsync(id))!.AccessSecret);
        Assert.Null((await RevokeAsync(id)).Refusal);
    }

    [Fact]
    public async Task An_act_that_cannot_be_stored_has_not_happened()
    {
        var id = await RegisterAsync();
        var before = (await Accounts.StandingAsync(id))!.AccessSecret;
        Records.Before = operation => FailWritesOf(operation, id);

        await Assert.ThrowsAsync<StateUnavailableException>(() => RevokeAsync(id));

        Records.Before = null;
        Assert.Equal(before, (await Accounts.StandingAsync(id))!.AccessSecret);
        Assert.Null((await RevokeAsync(id)).Refusal);
        Assert.NotEqual(before, (await Accounts.StandingAsync(id))!.AccessSecret);
    }

    [Fact]
    public async Task Where_nobody_knows_whether_an_act_was_stored_the_store_tells()
    {
        var id = await RegisterAsync();
        var before = (await Accounts.StandingAsync(id))!.AccessSecret;
        Records.After = operation => FailWritesOf(operation, id);

        await Assert.ThrowsAsync<StateUnavailableException>(() => RevokeAsync(id));

        Records.After = null;
        var after = (await Accounts.StandingAsync(id))!.AccessSecret;
        Assert.NotEqual(before, after);
        Assert.Equal(AccountDocument.Read(Stored(id).Document).AccessSecret, after);
    }

    [Fact]
    public async Task An_account_whose_record_cannot_be_read_is_neither_there_nor_gone()
    {
        var id = await RegisterAsync();
        await ForgetAllAsync();
        Records.Before = operation =>
        {
            if (operation.Grain == RecordOf(id))
                throw OutOfOrder();
        };

        await Assert.ThrowsAsync<StateUnavailableException>(async () => await Accounts.StandingAsync(id));
        await Assert.ThrowsAsync<StateUnavailableException>(() => Accounts.For(id).PerformAsync(new View()));

        Records.Before = null;
        Assert.NotNull(await Accounts.StandingAsync(id));
    }

    [Fact]
    public async Task A_record_that_is_no_account_document_is_out_of_reach()
    {
        var id = await RegisterAsync();
        await ForgetAllAsync();
        Silos.Write("account", RecordOf(id), new AccountRecord { Document = "{}"u8.ToArray(), Version = 7 });

        await Assert.ThrowsAsync<StateUnavailableException>(async () => await Accounts.StandingAsync(id));
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_not_taken_for_no_account()
    {
        var id = await RegisterAsync();
        Silos.Write("account", RecordOf(id), Stored(id) with { Document = "{"u8.ToArray() });
        await ForgetAllAsync();

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await Assert.ThrowsAsync<StateUnavailableException>(() => RevokeAsync(id));
            await Assert.ThrowsAsync<StateUnavailableException>(async () => await Accounts.StandingAsync(id));
        }
    }

    [Fact]
    public async Task The_version_of_an_id_goes_on_after_the_account_was_deleted()
    {
        var id = await RegisterAsync();
        var before = Stored(id).Version;

        Assert.Null((await Accounts.For(id).PerformAsync(new DeleteByAdministrator())).Refusal);

        Assert.Null(Stored(id).Document);
        Assert.True(Stored(id).Version > before);
        Assert.Null(await Accounts.StandingAsync(id));
        Assert.Equal(Refusal.NoSuchAccount, (await Accounts.For(id).PerformAsync(new View())).Refusal);
    }

    [Fact]
    public async Task A_deleted_account_costs_no_read_of_the_store_at_every_check()
    {
        var id = await RegisterAsync();
        Assert.Null((await Accounts.For(id).PerformAsync(new DeleteByAdministrator())).Refusal);
        Assert.Null(await Accounts.StandingAsync(id));
        var reads = 0;
        Records.Before = operation => reads += operation.Act == RecordAct.Read && operation.Grain == RecordOf(id) ? 1 : 0;

        for (var check = 0; check < 20; check++)
            Assert.Null(await Accounts.StandingAsync(id));

        // The grain may have left memory once meanwhile.
        Assert.InRange(reads, 0, 2);
    }

    [Fact]
    public async Task Guesses_under_way_count_though_they_are_not_stored()
    {
        var id = await RegisterAsync();
        var rules = new AccountRules();
        for (var i = 0; i < rules.AttemptsBeforeBackOff; i++)
            Assert.Null((await Accounts.For(id).PerformAsync(new BeginLogin(DeviceToken: null))).Refusal);

        Assert.Equal(Refusal.TooManyAttempts, (await Accounts.For(id).PerformAsync(new BeginLogin(DeviceToken: null))).Refusal);
        Assert.Equal(AttemptBudget.Untouched, AccountDocument.Read(Stored(id).Document).StrangerAttempts);
    }

    private void FailWritesOf(RecordOperation operation, Guid id)
    {
        if (operation.Act == RecordAct.Write && operation.Grain == RecordOf(id))
            throw OutOfOrder();
    }

    /// <summary>As another activation of the grain would.</summary>
    private void WriteBehind(Guid id, AccountState state)
    {
        var stored = Stored(id);
        var record = new AccountRecord { Document = AccountDocument.Write(state), Version = stored.Version + 1, Outbox = stored.Outbox };
        Silos.Write("account", RecordOf(id), record);
    }
}

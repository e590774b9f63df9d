using AuthCluster.Accounts;
using AuthCluster.Emails;
using AuthCluster.EmbeddedHost.Sqlite;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Sqlite;

public sealed class AccountStoreTests : IDisposable
{
    private readonly TemporaryDatabase _files = new();

    private AccountStore Store => _files.Accounts;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_change_with_an_effect_that_the_store_cannot_carry_is_not_stored()
    {
        var state = Samples.NewAccount();

        await Assert.ThrowsAsync<NotSupportedException>(
            () => Store.SaveAsync(Samples.Creation(state) with { Effects = [new UnknownEffect()] }));

        Assert.Null(await Store.LoadAsync(state.Id));
    }

    [Fact]
    public async Task A_saved_account_is_loaded_with_its_version()
    {
        var state = Samples.NewAccount().LogIn();

        Assert.Equal(SaveResult.Saved, await Store.SaveAsync(Samples.Creation(state)));

        var loaded = await Store.LoadAsync(state.Id);
        Assert.Equal(1, loaded!.Version);
        Assert.Equal(AccountDocument.Write(state), AccountDocument.Write(loaded.State));
    }

    [Fact]
    public async Task The_recent_activity_of_an_account_is_the_end_of_its_log()
    {
        var state = Samples.NewAccount().LogIn().LogIn().LogIn();
        await Store.SaveAsync(Samples.Creation(state));
        await CreatedAsync("eve@example.com");
        var store = new AccountStore(_files.Database, new AccountRules { ActivityKept = 2 });

        var loaded = await store.LoadAsync(state.Id);

        Assert.Equal(state.Activity.Skip(2), loaded!.State.Activity);
        Assert.Equal(4, loaded.State.ActivityCount);
    }

    [Fact]
    public async Task An_account_whose_log_is_empty_is_loaded_all_the_same()
    {
        var state = Samples.NewAccount();
        await Store.SaveAsync(new AccountChange(state.Id, 0, Before: null, state, Effects: []));

        Assert.Empty((await Store.LoadAsync(state.Id))!.State.Activity);
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_is_stored()
    {
        Assert.Null(await Store.LoadAsync(Guid.NewGuid()));
        Assert.Null(await Store.FindAsync(Email("nobody@example.com")));
    }

    [Fact]
    public async Task An_account_is_found_by_another_spelling_of_its_address()
    {
        var state = await CreatedAsync("Ada@Example.com");

        Assert.Equal(state.Id, await Store.FindAsync(Email("ada@example.COM")));
    }

    [Fact]
    public async Task An_address_belongs_to_one_account()
    {
        var first = await CreatedAsync("ada@example.com");
        var second = await CreatedAsync("eve@example.com");

        Assert.Equal(SaveResult.EmailTaken, await Store.SaveAsync(Samples.Creation(Samples.NewAccount("ADA@example.com"))));
        Assert.Equal(SaveResult.EmailTaken, await Store.SaveAsync(Samples.Change(1, second, second with { Email = "Ada@example.com" })));
        Assert.Equal(first.Id, await Store.FindAsync(Email("ada@example.com")));
        Assert.Equal("eve@example.com", (await Store.LoadAsync(second.Id))!.State.Email);
    }

    [Fact]
    public async Task A_user_name_belongs_to_one_account_which_is_found_by_it()
    {
        var first = await StoredAsync(Samples.NewAccount() with { Username = "Ada.Lovelace" });
        var second = await StoredAsync(Samples.NewAccount() with { Email = null, Username = "eve" });
        Assert.True(CanonicalUsername.TryParse("ADA.lovelace", out var ada));

        Assert.Equal(SaveResult.UsernameTaken, await Store.SaveAsync(Samples.Creation(Samples.NewAccount() with { Username = "ada.LOVELACE" })));
        Assert.Equal(SaveResult.UsernameTaken, await Store.SaveAsync(Samples.Change(1, second, second with { Username = "ada.lovelace" })));
        Assert.Equal(first.Id, await Store.FindAsync(ada));
        Assert.Equal((null, "eve"), ((await Store.LoadAsync(second.Id))!.State.Email, (await Store.LoadAsync(second.Id))!.State.Username));
    }

    [Fact]
    public async Task Lists_have_those_without_an_address_under_their_user_names()
    {
        await StoredAsync(Samples.NewAccount("bea@example.com") with { Username = "zoe" });
        await StoredAsync(Samples.NewAccount() with { Email = null, Username = "Bob" });
        await StoredAsync(Samples.NewAccount("carl@example.com"));
        await StoredAsync(Samples.NewAccount() with { Email = null, Username = "ann" });

        Assert.Equal(["ann", "bea@example.com", "bob"], await ListAsync(new IndexQuery("", "", 3)));
        Assert.Equal(["carl@example.com"], await ListAsync(new IndexQuery("", "bob", 3)));
        Assert.Equal(["bea@example.com", "bob"], await ListAsync(new IndexQuery("b", "", 3)));

        async Task<IEnumerable<string>> ListAsync(IndexQuery query) =>
            (await new AccountIndex(_files.Database).ListAsync(query)).Select(account => account.Name);
    }

    [Fact]
    public async Task A_changed_address_is_free_again_and_so_is_a_deleted_one()
    {
        var first = await CreatedAsync("old@example.com");
        var moved = first with { Email = "new@example.com" };

        Assert.Equal(SaveResult.Saved, await Store.SaveAsync(Samples.Change(1, first, moved)));
        await CreatedAsync("old@example.com");
        Assert.Equal(SaveResult.Saved, await Store.SaveAsync(Samples.Change(2, moved, null)));
        await CreatedAsync("new@example.com");

        Assert.Null(await Store.LoadAsync(first.Id));
    }

    [Fact]
    public async Task A_save_that_expects_another_version_stores_nothing()
    {
        var state = await CreatedAsync("ada@example.com");
        var changed = state with { PasswordHash = "$other$" };

        Assert.Equal(SaveResult.VersionConflict, await Store.SaveAsync(Samples.Change(2, state, changed, Samples.Failure("x@example.com"))));
        Assert.Equal(SaveResult.VersionConflict, await Store.SaveAsync(Samples.Change(2, state, changed with { Email = "b@example.com" })));
        Assert.Equal(SaveResult.VersionConflict, await Store.SaveAsync(Samples.Change(2, state, null)));
        Assert.Equal(SaveResult.VersionConflict, await Store.SaveAsync(Samples.Creation(state)));

        var loaded = await Store.LoadAsync(state.Id);
        Assert.Equal((1, "$hash$"), (loaded!.Version, loaded.State.PasswordHash));
        Assert.Equal(1, _files.Count("events"));
    }

    [Fact]
    public async Task The_last_active_administrator_stays()
    {
        var admin = await CreatedAsync("admin@example.com", administrator: true);

        foreach (var after in new[] { admin with { Roles = [] }, admin with { Active = false }, null })
            Assert.Equal(SaveResult.LastAdministrator, await Store.SaveAsync(Samples.Change(1, admin, after)));
        Assert.True((await Store.LoadAsync(admin.Id))!.State.IsActiveAdministrator);
    }

    [Fact]
    public async Task Of_administrators_who_leave_at_once_one_stays()
    {
        var admins = new List<AccountState>();
        for (var i = 0; i < 32; i++)
            admins.Add(await CreatedAsync(email: null, administrator: true));

        var results = await Task.WhenAll(admins.Select(admin => Task.Run(() => Store.SaveAsync(Samples.Change(1, admin, null)))));

        Assert.Equal(31, results.Count(result => result == SaveResult.Saved));
        Assert.Equal(1, results.Count(result => result == SaveResult.LastAdministrator));
    }

    [Fact]
    public async Task Refused_saves_leave_the_others_of_their_batch_alone()
    {
        await CreatedAsync("taken@example.com");
        var conflicting = await CreatedAsync("conflict@example.com");
        var saves = Enumerable.Range(0, 300).Select(i => (i % 3) switch
        {
            0 => Samples.Creation(Samples.NewAccount($"user{i}@example.com")),
            1 => Samples.Creation(Samples.NewAccount("Taken@example.com")),
            _ => Samples.Change(9, conflicting, conflicting with { PasswordHash = "$other$" }, Samples.Failure("x@example.com")),
        });

        var results = await Task.WhenAll(saves.ToArray().Select(change => Store.SaveAsync(change)));

        var expected = new[] { SaveResult.Saved, SaveResult.EmailTaken, SaveResult.VersionConflict };
        Assert.Equal(Enumerable.Range(0, 300).Select(i => expected[i % 3]), results);
        Assert.Equal(102, _files.Count("accounts"));
        Assert.Equal(102, _files.Count("events"));
    }

    [Fact]
    public async Task Sixty_four_callers_at_once_lose_nothing()
    {
        var states = new List<AccountState>();
        for (var i = 0; i < 64; i++)
            states.Add(await CreatedAsync($"user{i}@example.com"));

        await Task.WhenAll(states.Select(state => Task.Run(async () =>
        {
            for (var version = 1; version <= 50; version++)
                Assert.Equal(SaveResult.Saved, await Store.SaveAsync(Samples.Change(version, state, state, state.Activity[0])));
        })));

        foreach (var state in states)
            Assert.Equal(51, (await Store.LoadAsync(state.Id))!.Version);
        Assert.Equal(64 * 51, _files.Count("events"));
    }

    [Fact]
    public async Task What_was_stored_is_there_after_a_restart()
    {
        var state = await CreatedAsync("ada@example.com");

        _files.Close();
        _files.Reopen();

        Assert.Equal(state.Id, await Store.FindAsync(Email("ada@example.com")));
        Assert.Equal(1, _files.Count("events"));
    }

    [Fact]
    public async Task A_full_disk_makes_state_unavailable_and_stores_nothing_of_the_batch()
    {
        await CreatedAsync("before@example.com");
        await _files.FillDiskAsync();
        var tooLarge = Samples.NewAccount("full@example.com") with { PasswordHash = new string('x', 200_000) };

        await Assert.ThrowsAsync<StateUnavailableException>(() => Store.SaveAsync(Samples.Creation(tooLarge)));

        Assert.Null(await Store.LoadAsync(tooLarge.Id));
        Assert.Equal(1, _files.Count("events"));
        await CreatedAsync("after@example.com");
    }

    [Fact]
    public async Task A_closed_database_is_state_unavailable()
    {
        var store = Store;
        _files.Close();

        await Assert.ThrowsAsync<StateUnavailableException>(() => store.SaveAsync(Samples.Creation(Samples.NewAccount())));

        _files.Reopen();
    }

    [Fact]
    public async Task Who_waits_for_a_save_does_not_go_on_with_the_writers_thread()
    {
        var save = Store.SaveAsync(Samples.Creation(Samples.NewAccount()));

        // Where it can, such a continuation runs on the thread that completes the task.
        var goesOn = save.ContinueWith(
            _ => Thread.CurrentThread.Name, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        Assert.NotEqual("Database writer", await goesOn);
    }

    private Task<AccountState> CreatedAsync(string? email, bool administrator = false) => StoredAsync(Samples.NewAccount(email, administrator));

    private async Task<AccountState> StoredAsync(AccountState state)
    {
        Assert.Equal(SaveResult.Saved, await Store.SaveAsync(Samples.Creation(state)));
        return state;
    }

    private static CanonicalEmail Email(string text) =>
        CanonicalEmail.TryParse(text, out var email) ? email : throw new ArgumentException("No address.", nameof(text));

    private sealed record UnknownEffect : Effect;
}

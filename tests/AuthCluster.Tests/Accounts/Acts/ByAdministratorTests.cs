using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class ByAdministratorTests
{
    private static readonly Actor Root = new(Guid.NewGuid(), "root@example.org", Guid.NewGuid(), "192.0.2.7");

    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void The_entry_names_the_administrator_in_the_log_and_in_the_account()
    {
        _scenario.Perform(new ByAdministrator<Done>(Root, new RevokeTokens(RevokedTokens.All))).Result();

        Assert.Equal(Root, _scenario.Log[^1].Actor);
        Assert.Equal(Root, _scenario.Account!.Activity[^1].Actor);
        Assert.Null(_scenario.Log[0].Actor);
    }

    [Fact]
    public void The_administrator_is_stored_with_the_entry()
    {
        _scenario.Perform(new ByAdministrator<Done>(Root, new RevokeTokens(RevokedTokens.All))).Result();

        var stored = AccountDocument.Read(AccountDocument.Write(_scenario.Account!));

        Assert.Equal(Root, stored.Activity[^1].Actor);
    }

    [Fact]
    public void A_rotation_of_the_keys_changes_nothing_but_the_log()
    {
        var before = _scenario.Account!;

        _scenario.Perform(new ByAdministrator<Done>(Root, new NoteKeyRotation())).Result();

        Assert.Equal(ActivityEvents.KeysRotated, _scenario.Log[^1].Event);
        Assert.Equal((before.AccessSecret, before.RefreshSecret), (_scenario.Account!.AccessSecret, _scenario.Account.RefreshSecret));
    }

    [Fact]
    public void An_account_that_is_not_there_logs_nothing() =>
        Assert.Equal(Refusal.NoSuchAccount, new Scenario().Perform(new ByAdministrator<Done>(Root, new NoteKeyRotation())).Refusal);
}

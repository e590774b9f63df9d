using AuthCluster.Accounts.Acts;
using Xunit;

namespace AuthCluster.Tests.Accounts.Acts;

public sealed class NoteSeenTests
{
    private readonly Scenario _scenario = Scenario.Registered();

    [Fact]
    public void The_session_was_last_seen_now()
    {
        var device = _scenario.Login().Session;
        _scenario.Wait(TimeSpan.FromMinutes(5));
        _scenario.Perform(new NoteSeen(device.Id, Rotation: 1));
        Assert.Equal(_scenario.Now, _scenario.State.Sessions[0].LastSeen);
        Assert.True(_scenario.State.Sessions[0].Rotation.Seen);
    }

    [Fact]
    public void A_report_that_comes_late_turns_nothing_back()
    {
        var device = _scenario.Login().Session;
        _scenario.Wait(-TimeSpan.FromMinutes(5));
        _scenario.Perform(new NoteSeen(device.Id, Rotation: 1));
        Assert.Equal(device.LastSeen, _scenario.State.Sessions[0].LastSeen);
    }

    [Fact]
    public void A_session_that_ended_meanwhile_does_not_come_back()
    {
        var grant = _scenario.Login();
        _scenario.Perform(new EndOwnSession(grant.Proof(), Scenario.Laptop)).Result();
        _scenario.Perform(new NoteSeen(grant.Session.Id, Rotation: 1));
        _scenario.AssertDead(grant);
        Assert.False(_scenario.MustBeStored);
    }

    [Fact]
    public void An_account_that_is_not_there_has_seen_nothing()
    {
        var nobody = new Scenario();
        nobody.Perform(new NoteSeen(Guid.Empty, Rotation: 1)).Result();
        Assert.Null(nobody.Account);
    }
}

using System.Collections.Immutable;
using System.Net;
using AuthCluster.Accounts;
using Xunit;

namespace AuthCluster.Tests.Accounts;

public sealed class StandingTests
{
    private static readonly AccountState State = new()
    {
        Id = Guid.NewGuid(),
        Email = "ada@example.com",
        PasswordHash = "$made-up$hash",
        AccessSecret = Guid.NewGuid(),
        RefreshSecret = Guid.NewGuid(),
        Roles = ["editor"],
        Sessions = [NewDevice()],
        Joined = DateTimeOffset.UnixEpoch,
    };

    public static TheoryData<Func<AccountState, AccountState>> Changes =>
    [
        state => state with { Email = "grace@example.com" },
        state => state with { Active = false },
        state => state with { AccessSecret = Guid.NewGuid() },
        state => state with { RefreshSecret = Guid.NewGuid() },
        state => state with { Roles = [] },
        state => state with { Roles = ["admin"] },
        state => state with { Sessions = [] },
        state => state with { Sessions = state.Sessions.Add(NewDevice()) },
        state => WithSession(state, device => device with { Id = Guid.NewGuid() }),
        state => WithSession(state, device => device with { Family = "Firefox on Linux" }),
        state => WithSession(state, device => device with { Address = "10.0.0.2" }),
        state => WithSession(state, device => device with { UserAgent = "another" }),
        state => WithSession(state, device => device with { LastSeen = device.LastSeen.AddMinutes(5) }),
        state => WithSession(state, device => device with { Rotation = device.Rotation with { Number = 2 } }),
        state => WithSession(state, device => device with { Rotation = device.Rotation with { Seen = true } }),
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_standing_does_not_show_what_token_checks_would_see_otherwise(Func<AccountState, AccountState> change) =>
        Assert.False(Standing.Of(State).Shows(change(State)));

    [Fact]
    public void A_standing_shows_a_state_that_token_checks_cannot_tell_apart() => Assert.True(
        Standing.Of(State).Shows(State with { Roles = [.. State.Roles], Sessions = [.. State.Sessions], StrangerAttempts = new() { Failures = 3 } }));

    [Theory]
    [InlineData(TokenKind.Access)]
    [InlineData(TokenKind.Refresh)]
    public void State_and_standing_agree_on_the_session_that_a_token_stands_for(TokenKind kind)
    {
        var current = kind == TokenKind.Access ? State.AccessSecret : State.RefreshSecret;
        var moment = new Moment(DateTimeOffset.UnixEpoch, Guid.NewGuid, new AccountRules());
        foreach (var secret in new[] { State.AccessSecret, State.RefreshSecret, Guid.Empty })
        {
            foreach (var id in new[] { State.Sessions[0].Id, Guid.Empty })
            {
                AssertIsGood(State, secret == current && id != Guid.Empty, id, secret);
                AssertIsGood(State with { Active = false }, expected: false, id, secret);
            }
        }

        void AssertIsGood(AccountState state, bool expected, Guid id, Guid secret)
        {
            Assert.Equal(expected, state.SessionOf(kind, id, secret, moment) is not null);
            Assert.Equal(expected, Standing.Of(state).SessionOf(kind, id, secret) is not null);
        }
    }

    [Fact]
    public void A_session_is_at_its_own_address_alone_also_after_that_one_was_compared()
    {
        var session = Standing.Of(State).Sessions[0];
        for (var i = 0; i < 2; i++)
        {
            Assert.True(session.IsAt(IPAddress.Parse("10.0.0.1")));
            Assert.False(session.IsAt(IPAddress.Parse("10.0.0.2")));
            Assert.False(session.IsAt(IPAddress.Parse("::ffff:10.0.0.1")));
        }
    }

    [Fact]
    public void A_session_that_is_over_stands_for_nothing()
    {
        var (session, rules) = (State.Sessions[0], new AccountRules());
        var end = new Moment(session.LapsesAt(rules), Guid.NewGuid, rules);
        Assert.Null(State.SessionOf(TokenKind.Access, session.Id, State.AccessSecret, end));
        Assert.NotNull(State.SessionOf(TokenKind.Access, session.Id, State.AccessSecret, end with { Now = end.Now.AddTicks(-1) }));
    }

    private static AccountState WithSession(AccountState state, Func<Session, Session> change) =>
        state with { Sessions = ImmutableArray.Create(change(state.Sessions[0])) };

    private static Session NewDevice() => new()
    {
        Id = Guid.NewGuid(),
        Name = "My laptop",
        Family = "Chrome on Windows",
        DeviceId = Guid.NewGuid(),
        Address = "10.0.0.1",
        UserAgent = "one",
        Created = DateTimeOffset.UnixEpoch,
        LastSeen = DateTimeOffset.UnixEpoch,
        Authenticated = DateTimeOffset.UnixEpoch,
        Methods = ["pwd"],
        Rotation = new RefreshRotation { Number = 1, TokenId = Guid.NewGuid(), Issued = DateTimeOffset.UnixEpoch, Expires = DateTimeOffset.UnixEpoch.AddDays(30) },
    };
}

using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>An act of the account's owner, by a token of the system that they come from.</summary>
public abstract record LegacyAct<TResult>(LegacyProof Token) : Act<TResult>
{
    public sealed override Decision<TResult> Decide(AccountState? state, Moment moment) =>
        state is { Active: true } && moment.Now < Token.Expires && state.Legacy.Accept(Token)
            ? DecideForOwner(state, moment)
            : Decision.Refuse<TResult>(state, Refusal.TokenNotValid);

    protected abstract Decision<TResult> DecideForOwner(AccountState state, Moment moment);
}

/// <summary>An act that others may do as well, which ends nothing and needs no session.</summary>
public sealed record ByLegacyToken<TResult>(LegacyProof Token, Act<TResult> Act) : LegacyAct<TResult>(Token)
{
    protected override Decision<TResult> DecideForOwner(AccountState state, Moment moment) => Act.Decide(state, moment);
}

/// <summary>
/// The token becomes a session, and is worth nothing from then on. What its owner proved to the other system is not known here, so the session has proved
/// nothing: where more is asked for, it steps up.
/// </summary>
public sealed record ExchangeLegacyToken(LegacyProof Token, ClientFacts Client) : LegacyAct<LoginResult>(Token)
{
    public string? DeviceName { get; init; }

    protected override Decision<LoginResult> DecideForOwner(AccountState state, Moment moment)
    {
        if (moment.Rules.ConfirmEmail && state is { EmailVerified: false, Email: not null })
            return Decision.Refuse<LoginResult>(state, Refusal.EmailNotVerified);
        var spent = state with { Legacy = state.Legacy.With(Token, moment.Now) };
        if (spent.Open(Client, DeviceName, deviceId: null, methods: [], moment) is not { } opened)
            return Decision.Refuse<LoginResult>(state, Refusal.SessionLimit);
        var session = opened.Sessions[^1] with { Authenticated = Token.IssuedAt };
        // The owner has been signed in on this device before, only not here.
        return opened.WithSession(session).LoggedIn(Client, moment, isNewDevice: false, ActivityReasons.LegacyToken);
    }
}

/// <summary>The token is logged out.</summary>
public sealed record EndLegacyToken(LegacyProof Token, ClientFacts Client) : LegacyAct<Done>(Token)
{
    protected override Decision<Done> DecideForOwner(AccountState state, Moment moment) => Decision.Changed<Done>(
        state with { Legacy = state.Legacy.With(Token, moment.Now) },
        default(Done),
        moment,
        state.Entry(moment, ActivityEvents.Logout, Client) with { Reason = ActivityReasons.LegacyToken });
}

/// <summary>Every session of the account ends, here and of the other system.</summary>
public sealed record EndAllByLegacyToken(LegacyProof Token, ClientFacts Client) : LegacyAct<Done>(Token)
{
    protected override Decision<Done> DecideForOwner(AccountState state, Moment moment) => Decision.Changed<Done>(
        state.EndAllSessions(moment),
        default(Done),
        moment,
        state.Entry(moment, ActivityEvents.LogoutAll, Client) with { Reason = ActivityReasons.LegacyToken });
}

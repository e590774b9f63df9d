using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// Exchanges a refresh token for a new pair. A stolen token is found out when both its owner and the thief use it: one of them then
/// presents a token that is no longer the newest, and the session ends (RFC 9700 section 4.14.2).
/// </summary>
public sealed record RefreshSession(Guid SessionId, Guid TokenId, Guid RefreshSecret, ClientFacts Client) : Act<Grant>
{
    public override Decision<Grant> Decide(AccountState? state, Moment moment)
    {
        if (state?.SessionOf(TokenKind.Refresh, SessionId, RefreshSecret, moment) is not { } session)
            return Decision.Refuse<Grant>(state, Refusal.TokenNotValid);
        return session.Rotation.Judge(TokenId, moment) switch
        {
            RotationVerdict.Rotate => Rotate(state, session, moment),
            RotationVerdict.SameAgain => Repeat(state, session, moment),
            _ => EndReplayed(state, session, moment),
        };
    }

    private Decision<Grant> Rotate(AccountState state, Session session, Moment moment)
    {
        var rotated = session.SeenFrom(Client, moment.Now) with { Rotation = session.Rotation.Next(moment, session.EndsAt(moment.Rules)) };
        var changed = state.WithSession(rotated);
        return Decision.Changed<Grant>(changed, Grant.Of(changed, rotated, moment));
    }

    private Decision<Grant> Repeat(AccountState state, Session session, Moment moment)
    {
        var again = Grant.Of(state, session, moment);
        if (TokenId != session.Rotation.TokenId || session.Rotation.Seen)
            return Decision.Unchanged<Grant>(state, again);
        // The newest token itself was presented, though it was too soon to rotate it: it was not lost.
        var seen = session with { Rotation = session.Rotation with { Seen = true } };
        return Decision.Changed<Grant>(state.WithSession(seen), again with { Session = seen });
    }

    private Decision<Grant> EndReplayed(AccountState state, Session session, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.RefreshReplayed, Client, session).Failed(reason: null);
        return Decision.Changed<Grant>(
            state.WithoutSession(session.Id).Notify(MailKind.RefreshReplayed, Client, moment), Refusal.TokenNotValid, moment, entry);
    }
}

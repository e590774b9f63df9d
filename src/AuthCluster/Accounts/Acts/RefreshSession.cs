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
        if (state is not { Active: true } || !Secret.Matches(state.RefreshSecret, RefreshSecret))
            return Decision.Unchanged<Grant>(state, Refusal.TokenNotValid);
        if (state.FindDevice(SessionId) is not { } device || device.IsOver(moment.Now, moment.Rules))
            return Decision.Unchanged<Grant>(state, Refusal.TokenNotValid);
        return device.Rotation.Judge(TokenId, moment) switch
        {
            RotationVerdict.Rotate => Rotate(state, device, moment),
            RotationVerdict.SameAgain => Repeat(state, device, moment),
            _ => EndReplayed(state, device, moment),
        };
    }

    private Decision<Grant> Rotate(AccountState state, Device device, Moment moment)
    {
        var rotated = device.SeenFrom(Client, moment.Now) with { Rotation = device.Rotation.Next(moment, device.EndsAt(moment.Rules)) };
        var changed = state.WithDevice(rotated);
        return Decision.Changed<Grant>(changed, Grant.Of(changed, rotated, moment));
    }

    private Decision<Grant> Repeat(AccountState state, Device device, Moment moment)
    {
        var again = Grant.Of(state, device, moment);
        if (TokenId != device.Rotation.TokenId || device.Rotation.Seen)
            return Decision.Unchanged<Grant>(state, again);
        // The newest token itself was presented, though it was too soon to rotate it: it was not lost.
        var seen = device with { Rotation = device.Rotation with { Seen = true } };
        return Decision.Changed<Grant>(state.WithDevice(seen), again with { Device = seen });
    }

    private Decision<Grant> EndReplayed(AccountState state, Device device, Moment moment)
    {
        var entry = state.Entry(moment, ActivityEvents.RefreshReplayed, Client, device).Failed(reason: null);
        return Decision.Changed<Grant>(state.WithoutDevice(device.Id), Refusal.TokenNotValid, moment, entry);
    }
}

using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>"This was not me", by the link of a notice: every session is over, device tokens are void, and the owner is sent a link for a new password.</summary>
public sealed record DisownActivity(Guid CodeId, ClientFacts Client) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state?.FindCode(CodeId, LinkPurpose.NotMe, moment) is not { } code)
            return Decision.Refuse<Done>(state, Refusal.CodeNotValid);
        var ended = state.EndAllSessions(moment).VoidCodes().Without(code) with
        {
            DeviceTokenGeneration = state.DeviceTokenGeneration + 1,
            KnownAttempts = [],
        };
        return Decision.Changed<Done>(
            ended.Notify(MailKind.ResetPassword, Client, moment), default(Done), moment, state.Entry(moment, ActivityEvents.NotMe, Client));
    }
}

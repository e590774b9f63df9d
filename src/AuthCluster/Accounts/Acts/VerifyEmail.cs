using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>The owner of the address opened the link and confirmed it.</summary>
/// <param name="CodeId">Of the code in the link.</param>
public sealed record VerifyEmail(Guid CodeId, ClientFacts Client) : Act<Done>
{
    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state?.FindCode(CodeId, LinkPurpose.VerifyEmail, moment) is null)
            return Decision.Refuse<Done>(state, Refusal.CodeNotValid);
        var verified = state.VoidCodes().TakeUsername(moment) with { EmailVerified = true, AwaitsConfirmation = false };
        return Decision.Changed<Done>(verified, default(Done), moment, verified.Entry(moment, ActivityEvents.EmailVerified, Client));
    }
}

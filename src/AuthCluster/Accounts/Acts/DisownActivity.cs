using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>
/// "This was not me", by the link of a notice: the account is taken back (<see cref="MailedCodes.TakeBack"/>), and its password, which the thief
/// has, is void.
/// </summary>
/// <param name="NoPassword">A hash that no password matches.</param>
public sealed record DisownActivity(Guid CodeId, string NoPassword, ClientFacts Client) : Act<Done>
{
    /// <summary>Whether the account keeps its address: another one holds by now the one that the notice went to.</summary>
    public bool KeepEmail { get; init; }

    public override Decision<Done> Decide(AccountState? state, Moment moment)
    {
        if (state?.FindCode(CodeId, LinkPurpose.NotMe, moment) is not { } code)
            return Decision.Refuse<Done>(state, Refusal.CodeNotValid);
        var taken = (state.WithPassword(NoPassword) with { HasNoPassword = true }).TakeBack(code, KeepEmail, Client, moment);
        return Decision.Changed<Done>(taken, default(Done), moment, taken.Entry(moment, ActivityEvents.NotMe, Client));
    }
}

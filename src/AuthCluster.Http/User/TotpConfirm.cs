using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.SecondFactors;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class TotpConfirm
{
    /// <summary>Turns the second factor on and ends every other session; this one goes on with the pair in the answer.</summary>
    public static async Task<IResult> HandleAsync(
        Caller caller, Body<CodeRequest> body, IAccounts accounts, SecondFactorCodes codes, TokenAnswers tokens)
    {
        var compared = await codes.CompareUnconfirmedAsync(caller, body.Value.Code!);
        if (compared.IsRefused(out var code))
            return compared.AnswerRefusal();
        var emergencyCodes = EmergencyCodes.New();
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new ConfirmTotp(caller.Proof, code, emergencyCodes.Hashes, caller.Client));
        return await tokens.AnswerAsync(outcome, emergencyCodes.Texts);
    }
}

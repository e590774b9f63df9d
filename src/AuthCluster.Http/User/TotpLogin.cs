using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.SecondFactors;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class TotpLogin
{
    /// <summary>Proves the second factor in a session that did not, or not lately.</summary>
    public static async Task<IResult> HandleAsync(
        Caller caller, Body<CodeRequest> body, IAccounts accounts, SecondFactorCodes codes, TokenAnswers tokens)
    {
        var compared = await codes.CompareAsync(caller, body.Value.Code!);
        if (compared.IsRefused(out var code))
            return compared.AnswerRefusal();
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new StepUp(caller.Proof, code, caller.Client));
        return await tokens.AnswerAsync(outcome);
    }
}

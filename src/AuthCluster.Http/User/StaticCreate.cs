using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.SecondFactors;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class StaticCreate
{
    /// <summary>Shows new emergency codes, this once. Those of before are void.</summary>
    public static async Task<IResult> HandleAsync(Caller caller, Body<CodeRequest> body, IAccounts accounts, SecondFactorCodes codes)
    {
        var compared = await codes.CompareAsync(caller, body.Value.Code!);
        if (compared.IsRefused(out var code))
            return compared.AnswerRefusal();
        var made = EmergencyCodes.New();
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new RenewEmergencyCodes(caller.Proof, code, made.Hashes, caller.Client));
        return outcome.Answer(_ => TypedResults.Json(
            new EmergencyCodesAnswer(made.Texts), AnswerJson.Default.EmergencyCodesAnswer, statusCode: StatusCodes.Status201Created));
    }
}

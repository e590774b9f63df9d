using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using AuthCluster.Http.SecondFactors;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class TotpDelete
{
    /// <summary>Turns the second factor off. It takes the password and the second factor.</summary>
    public static async Task<IResult> HandleAsync(
        Caller caller,
        Body<TotpDeleteRequest> body,
        IAccounts accounts,
        CurrentPassword currentPassword,
        SecondFactorCodes codes,
        TokenAnswers tokens)
    {
        var compared = await codes.CompareAsync(caller, body.Value.Code!);
        if (compared.IsRefused(out var code))
            return compared.AnswerRefusal();
        var comparing = await currentPassword.CompareAsync(caller, body.Value.CurrentPassword!);
        if (comparing.IsRefused(out var comparison))
        {
            await codes.ReleaseAsync(caller, code);
            return comparing.AnswerRefusal();
        }

        var outcome = await accounts.For(caller.AccountId).PerformAsync(new DeleteTotp(caller.Proof, comparison.Settled, code, caller.Client));
        return await tokens.AnswerAsync(outcome);
    }
}

internal sealed record TotpDeleteRequest(string? CurrentPassword, string? Code) : IFormBody<TotpDeleteRequest>
{
    public static TotpDeleteRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.TotpDeleteRequest);

    public void Validate(FieldFaults faults)
    {
        faults.Require(CurrentPassword, "current_password");
        faults.Require(Code, "code");
        faults.LimitLength(Code, SecondFactorCodes.LengthLimit, "code");
    }
}

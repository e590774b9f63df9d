using System.Text.Json;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class LoginMfa
{
    /// <summary>Completes a login whose password was right with a code of the second factor.</summary>
    public static async Task<IResult> HandleAsync(
        Body<LoginMfaRequest> body, HttpContext http, ChallengeCheck challenges, SecondFactorCodes codes, TokenAnswers tokens)
    {
        if (await challenges.ReadAsync(body.Value.MfaToken!) is not { } challenge)
            return Problems.TokenNotValid;
        var outcome = await codes.LogInAsync(challenge, body.Value.Code!, http.Client());
        return await tokens.AnswerAsync(outcome);
    }
}

internal sealed record LoginMfaRequest(string? MfaToken, string? Code) : IFormBody<LoginMfaRequest>
{
    public static LoginMfaRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.LoginMfaRequest);

    public void Validate(FieldFaults faults)
    {
        faults.Require(MfaToken, "mfa_token");
        faults.LimitLength(MfaToken, TokenReader.LengthLimit, "mfa_token");
        faults.Require(Code, "code");
        faults.LimitLength(Code, SecondFactorCodes.LengthLimit, "code");
    }
}

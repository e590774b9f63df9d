using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Legacy;
using AuthCluster.Tokens.Legacy;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class LoginLegacy
{
    /// <summary>A living token of a system that users come from becomes a session here, once.</summary>
    public static async Task<IResult> HandleAsync(
        Body<LoginLegacyRequest> body, HttpContext http, LegacyCheck check, IAccounts accounts, TokenAnswers tokens)
    {
        if (await check.ReadAsync(body.Value.Token!) is not { } token)
            return Problems.TokenNotValid;
        var exchange = new ExchangeLegacyToken(token.Proof, http.Client()) { DeviceName = body.Value.DeviceName is "" ? null : body.Value.DeviceName };
        return await tokens.AnswerAsync(await accounts.For(token.AccountId).PerformAsync(exchange));
    }
}

internal sealed record LoginLegacyRequest(string? Token, string? DeviceName = null) : IFormBody<LoginLegacyRequest>
{
    public static LoginLegacyRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.LoginLegacyRequest);

    public void Validate(FieldFaults faults)
    {
        faults.Require(Token, "token");
        faults.LimitLength(Token, LegacyTokenReader.LengthLimit, "token");
        faults.LimitLength(DeviceName, LoginRequest.DeviceNameLimit, "device_name");
    }
}

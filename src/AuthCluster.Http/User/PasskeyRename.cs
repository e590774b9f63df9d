using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class PasskeyRename
{
    public static async Task<IResult> HandleAsync(Caller caller, PathId id, Body<PasskeyNameRequest> body, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new RenamePasskey(caller.Proof, id.Value, body.Value.Name!, caller.Client));
        return outcome.Answer(passkey => TypedResults.Json(PasskeyAnswer.Of(passkey), AnswerJson.Default.PasskeyAnswer));
    }
}

internal sealed record PasskeyNameRequest(string? Name) : IFormBody<PasskeyNameRequest>
{
    public static PasskeyNameRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.PasskeyNameRequest);

    public void Validate(FieldFaults faults)
    {
        faults.Require(Name, "name");
        faults.LimitLength(Name, Passkey.NameLimit, "name");
    }
}

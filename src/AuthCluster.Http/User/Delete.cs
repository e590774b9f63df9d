using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Delete
{
    public static async Task<IResult> HandleAsync(
        Caller caller, Body<DeleteRequest> body, IAccounts accounts, CurrentPassword currentPassword)
    {
        var compared = await currentPassword.CompareAsync(caller, body.Value.CurrentPassword!);
        if (compared.IsRefused(out var comparison))
            return compared.AnswerRefusal();
        var act = new DeleteAccount(caller.Proof, comparison.Settled, caller.Client);
        var outcome = await accounts.For(caller.AccountId).PerformAsync(act);
        return outcome.AnswerNoContent();
    }
}

internal sealed record DeleteRequest(string? CurrentPassword) : IFormBody<DeleteRequest>
{
    public static DeleteRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.DeleteRequest);

    public void Validate(FieldFaults faults) => faults.Require(CurrentPassword, "current_password");
}

using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Emails;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Email
{
    /// <summary>Asks for another address: its link confirms it. The answer is the same where another account holds the address.</summary>
    public static async Task<IResult> HandleAsync(Caller caller, Body<NewEmailRequest> body, IAccounts accounts, CurrentPassword currentPassword)
    {
        var compared = await currentPassword.CompareAsync(caller, body.Value.CurrentPassword!);
        if (compared.IsRefused(out var comparison))
            return compared.AnswerRefusal();
        var act = new RequestEmailChange(caller.Proof, comparison.Settled, body.Value.NewEmail!, caller.Client);
        var outcome = await accounts.For(caller.AccountId).PerformAsync(act);
        return outcome.Answer(_ => TypedResults.StatusCode(StatusCodes.Status202Accepted));
    }
}

internal sealed record NewEmailRequest(string? NewEmail, string? CurrentPassword) : IFormBody<NewEmailRequest>
{
    public string? NewEmail { get; } = CanonicalEmail.Trim(NewEmail);

    public static NewEmailRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.NewEmailRequest);

    public void Validate(FieldFaults faults)
    {
        faults.RequireEmail(NewEmail, "new_email");
        faults.Require(CurrentPassword, "current_password");
    }
}

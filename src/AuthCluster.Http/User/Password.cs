using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using AuthCluster.Passwords;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Password
{
    /// <summary>Changes the password and ends every other session; this one goes on with the pair in the answer.</summary>
    public static async Task<IResult> HandleAsync(
        Caller caller,
        Body<PasswordRequest> body,
        IAccounts accounts,
        CurrentPassword currentPassword,
        PasswordPolicy policy,
        TokenAnswers tokens)
    {
        var request = body.Value;
        if (policy.Faults(request.NewPassword!, caller.Standing.Email, caller.Standing.Username) is { Count: > 0 } faults)
            return Problems.ValidationFailed("new_password", faults);
        var compared = await currentPassword.CompareAsync(caller, request.CurrentPassword!, request.NewPassword);
        if (compared.IsRefused(out var comparison))
            return compared.AnswerRefusal();
        var act = new ChangePassword(caller.Proof, comparison.Settled, comparison.NewHash, caller.Client);
        var outcome = await accounts.For(caller.AccountId).PerformAsync(act);
        return await tokens.AnswerAsync(outcome);
    }
}

internal sealed record PasswordRequest(string? CurrentPassword, string? NewPassword) : IFormBody<PasswordRequest>
{
    public static PasswordRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.PasswordRequest);

    public void Validate(FieldFaults faults)
    {
        faults.Require(CurrentPassword, "current_password");
        faults.Require(NewPassword, "new_password");
    }
}

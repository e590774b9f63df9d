using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using AuthCluster.Http.Mails;
using AuthCluster.Passwords;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class PasswordResetConfirm
{
    /// <summary>Sets a new password by the token of a mail, and ends every session.</summary>
    public static async Task<IResult> HandleAsync(
        Body<PasswordResetConfirmRequest> body,
        HttpContext http,
        IAccounts accounts,
        LinkTokens links,
        PasswordPolicy policy,
        PasswordLane passwords)
    {
        if (links.Read(body.Value.Token!, LinkPurpose.ResetPassword) is not { } link)
            return Problems.Of(Refusal.CodeNotValid);
        var account = accounts.For(link.AccountId);
        // A token that is used or over costs no hash.
        var check = await account.PerformAsync(new CheckResetCode(link.CodeId));
        if (check.IsRefused(out var email))
            return check.AnswerRefusal();
        if (policy.Faults(body.Value.NewPassword!, email) is { Count: > 0 } faults)
            return Problems.ValidationFailed("new_password", faults);
        var hashed = await passwords.HashAsync(body.Value.NewPassword!, http.RequestAborted);
        if (hashed.IsRefused(out var hash))
            return hashed.AnswerRefusal();
        var outcome = await account.PerformAsync(new ResetPassword(link.CodeId, hash, http.Client()));
        return outcome.AnswerNoContent();
    }
}

internal sealed record PasswordResetConfirmRequest(string? Token, string? NewPassword) : IFormBody<PasswordResetConfirmRequest>
{
    public static PasswordResetConfirmRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.PasswordResetConfirmRequest);

    public void Validate(FieldFaults faults)
    {
        faults.Require(Token, "token");
        faults.Require(NewPassword, "new_password");
    }
}

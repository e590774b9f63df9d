using System.Text.Json;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using AuthCluster.Http.SecondFactors;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class TotpCreate
{
    /// <summary>Shows a new secret, this once. It is not in force before one of its codes confirms it.</summary>
    public static async Task<IResult> HandleAsync(
        Caller caller, Body<TotpCreateRequest> body, IAccounts accounts, CurrentPassword currentPassword, TotpSecrets secrets)
    {
        var compared = await currentPassword.CompareAsync(caller, body.Value.CurrentPassword!);
        if (compared.IsRefused(out var comparison))
            return compared.AnswerRefusal();
        var (@sealed, shown) = secrets.New(caller.AccountId, caller.Standing.DisplayName);
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new CreateTotp(caller.Proof, comparison.Settled, @sealed, caller.Client));
        return outcome.Answer(_ => TypedResults.Json(shown, AnswerJson.Default.TotpAnswer, statusCode: StatusCodes.Status201Created));
    }
}

internal sealed record TotpCreateRequest(string? CurrentPassword) : IFormBody<TotpCreateRequest>
{
    public static TotpCreateRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.TotpCreateRequest);

    public void Validate(FieldFaults faults) => faults.Require(CurrentPassword, "current_password");
}

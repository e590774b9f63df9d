using System.Collections.Immutable;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using AuthCluster.Http.Passkeys;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class PasskeyOptions
{
    /// <summary>What the browser needs to make a passkey. It takes the password, or a second factor that was proved within ten minutes.</summary>
    public static async Task<IResult> HandleAsync(
        Caller caller,
        Body<PasskeyOptionsRequest> body,
        HttpContext http,
        IAccounts accounts,
        CurrentPassword currentPassword,
        PasskeyChallenges challenges,
        PasskeyCeremonies ceremonies)
    {
        SettledAttempt? attempt = null;
        if (body.Value.CurrentPassword is { Length: > 0 } password)
        {
            var compared = await currentPassword.CompareAsync(caller, password);
            if (compared.IsRefused(out var comparison))
                return compared.AnswerRefusal();
            attempt = comparison.Settled;
        }

        var begun = await accounts.For(caller.AccountId).PerformAsync(new BeginPasskey(caller.Proof, attempt, caller.Client));
        if (begun.IsRefused(out ImmutableArray<Passkey> known))
            return begun.AnswerRefusal();
        var user = new CeremonyUser(caller.AccountId.ToString(), known);
        var challenge = challenges.New(PasskeyChallenges.Enrolment(caller));
        var options = await ceremonies.CreationOptionsAsync(user, caller.Standing.DisplayName, challenge, http);
        return TypedResults.Json(options, AnswerJson.Default.JsonObject);
    }
}

internal sealed record PasskeyOptionsRequest(string? CurrentPassword = null) : IFormBody<PasskeyOptionsRequest>
{
    public static PasskeyOptionsRequest? WhenEmpty { get; } = new();

    public static PasskeyOptionsRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.PasskeyOptionsRequest);
}

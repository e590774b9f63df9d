using System.Collections.Immutable;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class PasskeyList
{
    public static async Task<IResult> HandleAsync(Caller caller, IAccounts accounts)
    {
        var outcome = await accounts.For(caller.AccountId).PerformAsync(new InSession<ImmutableArray<Passkey>>(caller.Proof, new ViewPasskeys()));
        return outcome.Answer(passkeys => TypedResults.Json(PasskeyAnswer.Of(passkeys), AnswerJson.Default.PasskeyAnswerArray));
    }
}

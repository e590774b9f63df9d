using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using AuthCluster.Emails;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using AuthCluster.Options;
using AuthCluster.Passwords;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Create
{
    public static async Task<IResult> HandleAsync(
        Body<CreateRequest> body,
        HttpContext http,
        Registration registration,
        PasswordPolicy policy,
        RegistrationOptions options)
    {
        if (!options.Open)
            return Problems.RegistrationClosed;
        if (policy.Faults(body.Value.Password!, body.Value.Email, body.Value.Username) is { Count: > 0 } faults)
            return Problems.ValidationFailed("password", faults);
        if (Profile.Empty.With(body.Value.Profile ?? []) is not { } profile)
            return Problems.Of(Refusal.ProfileNotAllowed);
        var wish = new AccountWish(body.Value.Email!, body.Value.Username, body.Value.Password!, profile);
        var outcome = await registration.TryAsync(wish, http.Client(), http.RequestAborted);
        return options.ConfirmEmail ? AnswerAlike(outcome) : outcome.Answer(Answer);
    }

    private static IResult Answer(AccountView account) => TypedResults.Json(
        new RegisteredAnswer(account.Id.ToString(), account.Email), AnswerJson.Default.RegisteredAnswer, statusCode: StatusCodes.Status201Created);

    // Where the address is confirmed by mail, only its owner may learn whether it was taken.
    private static IResult AnswerAlike(Outcome<AccountView> outcome) =>
        outcome.Refusal is null or Refusal.EmailTaken ? TypedResults.StatusCode(StatusCodes.Status202Accepted) : outcome.Answer(Answer);
}

internal sealed record CreateRequest(string? Email, string? Password, string? Username = null, JsonObject? Profile = null)
    : IFormBody<CreateRequest>
{
    public string? Email { get; } = CanonicalEmail.Trim(Email);

    // A form sends a field that was left empty as empty text.
    public string? Username { get; } = Username is "" ? null : CanonicalEmail.Trim(Username);

    public static CreateRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.CreateRequest);

    public void Validate(FieldFaults faults)
    {
        faults.RequireEmail(Email, "email");
        faults.Require(Password, "password");
        if (Username is not null && !CanonicalUsername.TryParse(Username, out _))
            faults.Add("username", "Enter a user name of letters, digits and . _ - +, with no more than 150 characters.");
    }
}

using System.Text.Json;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Logins;
using AuthCluster.Http.SecondFactors;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.User;

internal static class Login
{
    public static async Task<IResult> HandleAsync(Body<LoginRequest> body, HttpContext http, PasswordLogin login, TokenAnswers tokens)
    {
        var outcome = await login.TryAsync(body.Value.ToCredentials(), http.Client(), http.RequestAborted);
        return await tokens.AnswerAsync(outcome);
    }
}

internal sealed record LoginRequest(
    string? Email,
    string? Password,
    string? Username = null,
    string? DeviceName = null,
    string? DeviceToken = null,
    string? Otp = null,
    string? Captcha = null)
    : IFormBody<LoginRequest>
{
    public const int DeviceNameLimit = 64;

    private const int NameLimit = 320;

    /// <summary>Several times as long as those that providers make.</summary>
    public const int CaptchaLimit = 16 * 1024;

    public static LoginRequest? Read(JsonElement json) => json.Deserialize(UserRequestJson.Default.LoginRequest);

    public void Validate(FieldFaults faults)
    {
        if (string.IsNullOrEmpty(Username))
            faults.Require(Email, "email");
        else if (!string.IsNullOrEmpty(Email))
            faults.Add("username", "Send either an e-mail address or a user name.");
        faults.LimitLength(Email, NameLimit, "email");
        faults.LimitLength(Username, NameLimit, "username");
        faults.Require(Password, "password");
        faults.LimitLength(DeviceName, DeviceNameLimit, "device_name");
        faults.LimitLength(Otp, SecondFactorCodes.LengthLimit, "otp");
        faults.LimitLength(Captcha, CaptchaLimit, "captcha");
    }

    private TypedName TypedName => string.IsNullOrEmpty(Username) ? TypedName.OfEmail(Email!) : TypedName.OfUsername(Username);

    // A form sends a field that was left empty as empty text.
    public Credentials ToCredentials() => new(TypedName, Password!)
    {
        DeviceName = DeviceName is "" ? null : DeviceName,
        DeviceToken = DeviceToken,
        Otp = Otp is "" ? null : Otp,
        Captcha = Captcha,
    };
}

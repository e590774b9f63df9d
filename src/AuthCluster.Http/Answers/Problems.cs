using AuthCluster.Accounts;
using AuthCluster.Http.Bodies;
using AuthCluster.Passwords;

namespace AuthCluster.Http.Answers;

/// <summary>Every error that clients can meet, and what each refusal of an account is to them.</summary>
internal static class Problems
{
    public static readonly Problem InvalidRequest = new(400, "invalid_request", "The request body could not be read.");
    public static readonly Problem DotSegment = InvalidRequest with { Detail = "The request target must not hold dot segments." };
    public static readonly Problem CaptchaRequired = new(400, "captcha_required", "To log in, solve the captcha.");
    public static readonly Problem CaptchaFailed = new(400, "captcha_failed", "The captcha could not be confirmed. Solve another one.");
    public static readonly Problem NotAuthenticated = new(401, "not_authenticated", "Authentication credentials were not provided.");
    public static readonly Problem TokenNotValid = new(401, "token_not_valid", "The token is not valid or no longer valid.");
    public static readonly Problem WrongService = new(401, "invalid_credentials", "No service was found with these credentials.");
    public static readonly Problem InvalidCredentials = new(401, "invalid_credentials", "No active account was found with these credentials.");
    public static readonly Problem MfaStepUpRequired = new(403, "mfa_step_up_required", "Confirm with your second factor first.");
    public static readonly Problem EmailNotVerified = new(403, "email_not_verified", "The e-mail address has to be confirmed first.");
    public static readonly Problem PermissionDenied = new(403, "permission_denied", "You do not have permission to do this.");
    public static readonly Problem RegistrationClosed = PermissionDenied with { Detail = "Registration is closed." };
    public static readonly Problem ForeignOrigin = PermissionDenied with { Detail = "Only pages of this server may do this." };
    public static readonly Problem NotFound = new(404, "not_found", "Not found.");
    public static readonly Problem MethodNotAllowed = new(405, "method_not_allowed", "This method is not allowed here.");
    public static readonly Problem EmailTaken = new(409, "email_taken", "An account with this e-mail address exists.");
    public static readonly Problem BodyTooLarge = new(413, "body_too_large", "The request body is too large.");
    public static readonly Problem UnsupportedMediaType = new(415, "unsupported_media_type", "The media type of the body is not supported here.");
    public static readonly Problem InternalError = new(500, "internal_error", "Something went wrong on the server.");

    public static readonly Problem Overloaded =
        new(503, "overloaded", "The server is busy checking passwords. Try again.") { RetryAfter = HashLane.LongestWait };

    public static readonly Problem TooManyStreams =
        new(503, "overloaded", "As many services listen as may. Try again, or another node.") { RetryAfter = TimeSpan.FromSeconds(10) };

    public static readonly Problem StateUnavailable =
        new(503, "state_unavailable", "The account's state cannot be read at the moment.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Problem ValidationFailed(IReadOnlyDictionary<string, string[]> errors) =>
        new(400, "validation_failed", "One or more fields are missing or refused.") { Errors = errors };

    public static Problem ValidationFailed(string field, params IEnumerable<string> messages) =>
        ValidationFailed(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [.. messages] });

    public static Problem MfaRequired(string mfaToken, bool orPasskey) => new(401, "mfa_required", "A second factor has to complete this login.")
    {
        MfaToken = mfaToken,
        Methods = orPasskey ? [AuthenticationMethods.OneTimePassword, "passkey"] : [AuthenticationMethods.OneTimePassword],
    };

    public static Problem Conflict(string detail) => new(409, "conflict", detail);

    public static Problem TooManyAttempts(TimeSpan retryAfter) =>
        new(429, "too_many_attempts", "Too many attempts. Wait before trying again.") { RetryAfter = retryAfter };

    public static Problem Of(Refusal refusal, TimeSpan retryAfter = default) => refusal switch
    {
        Refusal.NoSuchAccount or Refusal.NoSuchSession or Refusal.NoSuchPasskey => NotFound,
        Refusal.TokenNotValid => TokenNotValid,
        Refusal.InvalidCredentials => InvalidCredentials,
        Refusal.WrongCurrentPassword => ValidationFailed("current_password", "The password is wrong."),
        Refusal.WrongCode => ValidationFailed("code", "The code is wrong."),
        Refusal.SecondFactorOn => Conflict("A second factor is on. Turn it off first."),
        Refusal.NoSecondFactor => Conflict("No second factor is on."),
        Refusal.NothingToConfirm => Conflict("There is no new second factor to confirm. Create one first."),
        Refusal.CodeNotValid => ValidationFailed("token", "The link is not valid or no longer valid."),
        Refusal.CurrentPasswordOwed => ValidationFailed("current_password", FieldFaults.Required),
        Refusal.PasskeyNotValid => ValidationFailed("credential", "The passkey is not valid, or its options are used or no longer valid."),
        Refusal.PasskeyKnown => Conflict("The account has this passkey."),
        Refusal.PasskeyLimit => Conflict("The account has as many passkeys as it may. Remove one of them first."),
        Refusal.LastWayToSignIn => Conflict("This is the last way to sign in."),
        Refusal.TooManyAttempts => TooManyAttempts(retryAfter),
        Refusal.CaptchaRequired => CaptchaRequired,
        Refusal.CaptchaFailed => CaptchaFailed,
        Refusal.Overloaded => Overloaded,
        Refusal.EmailNotVerified => EmailNotVerified,
        Refusal.EmailTaken => EmailTaken,
        Refusal.UsernameTaken => Conflict("An account with this user name exists."),
        Refusal.SessionLimit => Conflict("The account has as many devices as it may. Log out on one of them first."),
        Refusal.LastAdministrator => Conflict("This is the last administrator."),
        Refusal.ProfileNotAllowed => ValidationFailed(
            "profile", $"A profile has at most {Profile.SizeLimit} bytes, {Profile.MemberLimit} members and depth {Profile.DepthLimit}."),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, message: null),
    };
}

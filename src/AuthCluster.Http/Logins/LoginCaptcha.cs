using AuthCluster.Accounts;
using AuthCluster.Http.Captcha;
using AuthCluster.Http.RateLimits;
using AuthCluster.Http.Settings;

namespace AuthCluster.Http.Logins;

/// <summary>
/// Asks for a captcha where logins failed lately: at the account or address that nobody holds, which are counted alike, or from the
/// client's network.
/// </summary>
internal sealed class LoginCaptcha(CaptchaOptions options, CaptchaCheck check, TimeProvider time)
{
    /// <summary>What <c>Captcha:After</c> is unless it is set: a slip of the pen or two is everybody's.</summary>
    public const int DefaultAfter = 3;

    private readonly int _after = options.After ?? DefaultAfter;
    private readonly FailureCounts? _failures = options.Provider is null ? null : new FailureCounts(time);

    /// <summary>Why the login may not go on to its password; <c>null</c> where it may.</summary>
    public async Task<Refusal?> RefuseAsync(PresentedLogin login)
    {
        if (_failures is null || !NamesOf(login).Any(name => _failures.Read(name) >= _after))
            return null;
        if (string.IsNullOrEmpty(login.Presented.Captcha))
            return Refusal.CaptchaRequired;
        return await check.PassesAsync(login.Presented.Captcha, login.Client.Address) ? null : Refusal.CaptchaFailed;
    }

    public void Note(PresentedLogin login, Outcome<LoginResult> outcome)
    {
        if (_failures is null)
            return;
        var names = NamesOf(login);
        if (outcome.Refusal == Refusal.InvalidCredentials)
            Array.ForEach(names, _failures.Add);
        else if (outcome.Refusal is null)
            _failures.Clear(names[0]);
    }

    /// <summary>
    /// Whose failures count. A device that is known answers for its own alone, as with the budget of guesses: otherwise strangers could
    /// keep the owner out for as long as the provider of the captcha is down. A right password clears the account's, not the network's:
    /// an attacker who guesses at others could log in to an account of their own in between.
    /// </summary>
    private static string[] NamesOf(PresentedLogin login) => login.Device is { } device
        ? [$"device {login.AccountId} {device.DeviceId}"]
        : [login.AccountId is { } account ? $"account {account}" : $"name {login.Presented.Name.Key}", $"network {ClientNetwork.Of(login.Client.Address)}"];
}

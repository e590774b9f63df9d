using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Tokens;

namespace AuthCluster.Http.Logins;

/// <summary>
/// A login with an e-mail address or user name, and a password. A name that nobody holds takes the same way as one that somebody does: a captcha and a budget of
/// attempts, one hash, as many waits for the store, the same answer.
/// </summary>
internal sealed class PasswordLogin(
    IAccounts accounts,
    PasswordLane passwords,
    UnknownAddresses unknownAddresses,
    LoginCaptcha captcha,
    DeviceTokens deviceTokens,
    SecondFactorCodes codes)
{
    public async Task<Outcome<LoginResult>> TryAsync(Credentials presented, ClientFacts client, CancellationToken gone)
    {
        // In a flood nearly every login ends here, before it has cost a look into the store.
        if (passwords.IsFull && !DeviceTokens.MayBe(presented.DeviceToken))
            return Refusal.Overloaded;
        var login = (await IdentifyAsync(presented, client)) with { Gone = gone };
        if (await captcha.RefuseAsync(login) is { } refusal)
            return refusal;
        var outcome = await accounts.LoadAlikeAsync(login.AccountId) is { } standing
            ? await TryAsync(login, standing)
            : await unknownAddresses.RefuseAsync(login);
        captcha.Note(login, outcome);
        return outcome;
    }

    private async Task<PresentedLogin> IdentifyAsync(Credentials presented, ClientFacts client)
    {
        var id = presented.Name.Canonical is { } name ? await accounts.FindAsync(name) : null;
        var device = deviceTokens.Read(presented.DeviceToken, id ?? Guid.Empty);
        return new PresentedLogin(presented, client, id, device);
    }

    private async Task<Outcome<LoginResult>> TryAsync(PresentedLogin login, Standing standing)
    {
        var account = accounts.For(standing.AccountId);
        var begun = await account.PerformAsync(new BeginLogin(login.Device));
        if (begun.IsRefused(out var attempt))
            return begun.Refusal == Refusal.NoSuchAccount ? await unknownAddresses.RefuseAsync(login) : begun.As<LoginResult>();
        // To a deactivated account the right password is a wrong one: a second hash would tell.
        var compared = await passwords.CompareAsync(account, attempt, login.Presented.Password, login.Gone, strengthen: standing.Active);
        if (compared.IsRefused(out var comparison))
            return compared.As<LoginResult>();
        var outcome = await account.PerformAsync(new CompleteLogin(comparison.Settled, login.Client)
        {
            DeviceName = login.Presented.DeviceName,
            CodeFollows = login.Presented.Otp is not null,
            StrongerHash = comparison.NewHash,
        });
        return login.Presented.Otp is { } code && outcome.Result is SecondFactorOwed owed
            ? await codes.LogInAsync(owed.Challenge, code, login.Client)
            : outcome;
    }
}

/// <summary>What a login presents.</summary>
internal sealed record Credentials(TypedName Name, string Password)
{
    /// <summary>The name the user gives this device; <c>null</c> where none was given.</summary>
    public string? DeviceName { get; init; }

    /// <summary>What an earlier login handed out, or anything else that a client sends in its place.</summary>
    public string? DeviceToken { get; init; }

    /// <summary>A code of the second factor; <c>null</c> where none was given.</summary>
    public string? Otp { get; init; }

    /// <summary>The solution of a captcha, as its provider's script gave it.</summary>
    public string? Captcha { get; init; }
}

using System.Globalization;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Http.Bearer;

namespace AuthCluster.Http.SecondFactors;

/// <summary>Second-factor codes, TOTP or emergency, compared outside the account's turn. The act that asked for one settles its attempt.</summary>
internal sealed class SecondFactorCodes(IAccounts accounts, TotpSecrets secrets, ForeignCodes foreign)
{
    /// <summary>Characters, as it is typed: several times as long as an emergency code.</summary>
    public const int LengthLimit = 128;

    /// <summary>Compares a code of an authenticated user, right or wrong.</summary>
    public Task<Outcome<SettledCode>> CompareAsync(Caller caller, string code) =>
        CompareAsync(caller.AccountId, new BeginCodeCheck(caller.Proof), code);

    /// <summary>Compares a code of the secret that is not confirmed yet.</summary>
    public Task<Outcome<SettledCode>> CompareUnconfirmedAsync(Caller caller, string code) =>
        CompareAsync(caller.AccountId, new BeginTotpConfirmation(caller.Proof), code);

    /// <summary>Completes a login whose password was right.</summary>
    public async Task<Outcome<LoginResult>> LogInAsync(Challenge challenge, string code, ClientFacts client)
    {
        var compared = await CompareAsync(challenge.AccountId, new BeginChallenge(challenge), code);
        return compared.IsRefused(out var settled)
            ? compared.As<LoginResult>()
            : await accounts.For(challenge.AccountId).PerformAsync(new CompleteChallenge(challenge, settled, client));
    }

    /// <summary>Gives back an attempt that came to nothing for another reason.</summary>
    public Task ReleaseAsync(Caller caller, SettledCode code) => accounts.For(caller.AccountId).PerformAsync(new ReleaseCode(code));

    private async Task<Outcome<SettledCode>> CompareAsync(Guid accountId, Act<Attempt> begin, string code)
    {
        var account = accounts.For(accountId);
        var begun = await account.PerformAsync(begin);
        if (begun.IsRefused(out var attempt))
            return begun.As<SettledCode>();
        try
        {
            return Compare(accountId, attempt, WithoutSeparators(code));
        }
        catch (StateUnavailableException)
        {
            await account.PerformAsync(new ReleaseCode(attempt.SettleCode(step: null)));
            throw;
        }
    }

    private SettledCode Compare(Guid accountId, Attempt attempt, string code)
    {
        if (EmergencyCodes.HashOf(code) is { } hash)
            return attempt.SettleCode(step: null, hash);
        return code.Length == TotpSecrets.Digits && code.All(char.IsAsciiDigit)
            ? attempt.SettleCode(secrets.StepOf(code, accountId, CredentialOf(attempt)))
            : attempt.SettleCode(step: null, foreign.HashOf(accountId, code));
    }

    private static TotpCredential CredentialOf(Attempt attempt) => attempt.Credential as TotpCredential
        ?? throw new ArgumentException($"A code cannot be compared with {attempt.Credential.GetType().Name}.", nameof(attempt));

    /// <summary>Apps show codes in groups, and users type what they see.</summary>
    internal static string WithoutSeparators(string code) =>
        string.Concat(code.Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation));
}

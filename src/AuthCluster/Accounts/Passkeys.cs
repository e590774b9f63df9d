using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>What came of a signature. Its challenge is spent in the state.</summary>
/// <param name="Fault">Why the signature is refused; <c>null</c> where it counts.</param>
internal readonly record struct PasskeyUse(AccountState State, Passkey? Passkey, string? Fault);

/// <summary>The passkeys of an account.</summary>
internal static class Passkeys
{
    public const int Limit = 20;

    /// <summary>Spent challenges kept at a time. Each took a good signature: nobody else can fill the list.</summary>
    private const int SpentLimit = 32;

    public static Passkey? FindPasskey(this AccountState state, Guid id) => state.Passkeys.FirstOrDefault(passkey => passkey.Id == id);

    /// <summary>How long until another challenge can be spent; <c>null</c> where one can now.</summary>
    public static TimeSpan? PasskeyWait(this AccountState state, Moment moment)
    {
        var living = state.SpentPasskeyChallenges.RemoveAll(spent => spent.Expires <= moment.Now);
        return living.Length < SpentLimit ? null : living.Min(spent => spent.Expires) - moment.Now;
    }

    public static bool Accepts(this AccountState state, PasskeyChallenge challenge, Moment moment) =>
        moment.Now < challenge.Expires && !state.SpentPasskeyChallenges.Any(spent => spent.Id == challenge.Id);

    public static AccountState Spend(this AccountState state, PasskeyChallenge challenge, Moment moment) => state with
    {
        SpentPasskeyChallenges = state.SpentPasskeyChallenges.RemoveAll(spent => spent.Expires <= moment.Now)
            .Add(new SpentChallenge(challenge.Id, challenge.Expires)),
    };

    /// <summary>
    /// Uses a signature. A count that does not grow is that of a copy, or of the original after one (WebAuthn section 7.2): the owner is told. Whoever
    /// does not count always says 0.
    /// </summary>
    public static PasskeyUse Use(this AccountState state, PasskeyProof proof, ClientFacts client, Moment moment)
    {
        if (!state.Accepts(proof.Challenge, moment) || state.FindPasskey(proof.PasskeyId) is not { } passkey)
            return new(state, null, ActivityReasons.WrongPasskey);
        var spent = state.Spend(proof.Challenge, moment);
        if (!state.Active)
            return new(spent, passkey, ActivityReasons.Deactivated);
        if (proof.SignCount <= passkey.SignCount && (proof.SignCount, passkey.SignCount) != (0, 0))
            return new(spent.Notify(MailKind.PasskeyCopied, client, moment), passkey, ActivityReasons.PasskeyCopied);
        var used = passkey with { SignCount = proof.SignCount, LastUsed = moment.Now };
        return new(spent with { Passkeys = spent.Passkeys.Replace(passkey, used) }, used, Fault: null);
    }
}

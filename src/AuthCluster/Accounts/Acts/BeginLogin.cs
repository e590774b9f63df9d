namespace AuthCluster.Accounts.Acts;

/// <summary>Reserves a guess and hands out the hash to compare. <see cref="CompleteLogin"/> or <see cref="ReleaseGuess"/> settles it.</summary>
/// <param name="DeviceToken">The valid device token that came with the login: it only decides whose budget pays.</param>
public sealed record BeginLogin(DeviceTokenFacts? DeviceToken) : Act<Guess>
{
    public override Decision<Guess> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Unchanged<Guess>(state, Refusal.NoSuchAccount);
        var client = DeviceToken is { } token && token.Generation == state.DeviceTokenGeneration ? token.ClientId : (Guid?)null;
        return Guesses.Reserve(state, client, moment);
    }
}

/// <summary>What a device token says: which client it is, and as of which generation.</summary>
public sealed record DeviceTokenFacts(Guid ClientId, int Generation);

namespace AuthCluster.Accounts.Acts;

/// <summary>Reserves an attempt and hands out the hash to compare. <see cref="CompleteLogin"/> or <see cref="ReleaseAttempt"/> settles it.</summary>
/// <param name="DeviceToken">The valid device token that came with the login: it only decides whose budget pays.</param>
public sealed record BeginLogin(DeviceTokenFacts? DeviceToken) : Act<Attempt>
{
    public override Decision<Attempt> Decide(AccountState? state, Moment moment)
    {
        if (state is null)
            return Decision.Refuse<Attempt>(state, Refusal.NoSuchAccount);
        var client = DeviceToken is { } token && token.Generation == state.DeviceTokenGeneration ? token.DeviceId : (Guid?)null;
        return Attempts.Reserve(state, client, moment);
    }
}

/// <summary>What a device token says: which client it is, and as of which generation.</summary>
public sealed record DeviceTokenFacts(Guid DeviceId, int Generation);

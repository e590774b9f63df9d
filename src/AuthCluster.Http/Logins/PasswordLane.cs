using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Passwords;

namespace AuthCluster.Http.Logins;

/// <summary>Hashes and compares passwords in the bounded lane, outside the account's turn; says so where the lane is full.</summary>
internal sealed class PasswordLane(HashLane lane, PasswordHasher hasher)
{
    public async Task<Outcome<string>> HashAsync(string password) =>
        lane.TryRun(() => hasher.Hash(password)) is { } hashing ? await hashing : Refusal.Overloaded;

    /// <summary>Compares a reserved guess. It is given back where it could not be compared.</summary>
    public async Task<Outcome<Comparison>> CompareAsync(IAccount account, Guess guess, string password)
    {
        var isCompared = false;
        try
        {
            if (lane.TryRun(() => Compare(guess, password)) is not { } comparing)
                return Refusal.Overloaded;
            var comparison = await comparing;
            isCompared = true;
            return comparison;
        }
        finally
        {
            if (!isCompared)
                await account.PerformAsync(new ReleaseGuess(guess.Settle(right: false)));
        }
    }

    /// <summary>The work of a comparison, for an address that nobody holds.</summary>
    public async Task<Outcome<Done>> CompareWithDecoyAsync(string password) =>
        lane.TryRun(() => hasher.Verify(password, hasher.Decoy)) is { } comparing ? await Finish(comparing) : Refusal.Overloaded;

    private static async Task<Done> Finish(Task comparing)
    {
        await comparing;
        return default;
    }

    private Comparison Compare(Guess guess, string password)
    {
        var verdict = hasher.Verify(password, guess.PasswordHash);
        return new Comparison(
            guess.Settle(verdict != PasswordVerdict.Wrong),
            verdict == PasswordVerdict.RightButWeak ? hasher.Hash(password) : null);
    }
}

/// <summary>How a comparison turned out.</summary>
/// <param name="StrongerHash">The password hashed anew, where the stored hash was weaker than the setting asks for.</param>
internal sealed record Comparison(SettledGuess Settled, string? StrongerHash);

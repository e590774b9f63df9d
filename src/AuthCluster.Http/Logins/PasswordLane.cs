using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Passwords;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Logins;

/// <summary>Hashes and compares passwords in the bounded lane, outside the account's turn; says so where the lane is full.</summary>
internal sealed partial class PasswordLane(HashLane lane, PasswordHasher hasher, ILogger<PasswordLane> logger)
{
    private long _hashCount;

    /// <summary>How many hashes were computed so far.</summary>
    public long HashCount => Interlocked.Read(ref _hashCount);

    /// <summary>Whether a stranger's comparison would be refused at this moment.</summary>
    public bool IsFull => lane.IsFull;

    /// <summary>Once, at the start: which algorithm it is depends on what is installed.</summary>
    public void LogScheme() => LogScheme(hasher.Scheme);

    /// <param name="gone">Canceled when the caller has gone: nothing is computed for them then.</param>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task<Outcome<string>> HashAsync(string password, CancellationToken gone) =>
        lane.TryRun(() => Hash(password), gone: gone) is { } hashing ? await hashing : Refusal.Overloaded;

    /// <summary>Compares a reserved attempt. It is given back where it could not be compared. Known devices and sessions have places of their own.</summary>
    /// <param name="newPassword">
    /// Hashed where the attempt is right, in the same place of the lane: a lane that is full by then would leave the attempt unsettled.
    /// </param>
    /// <param name="strengthen">Whether a hash that is weaker than the setting asks for is replaced.</param>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task<Outcome<Comparison>> CompareAsync(
        IAccount account, Attempt attempt, string password, CancellationToken gone, string? newPassword = null, bool strengthen = false)
    {
        var isCompared = false;
        try
        {
            if (lane.TryRun(() => Compare(attempt, password, newPassword, strengthen), isKnown: attempt.Device is not null, gone) is not { } comparing)
                return Refusal.Overloaded;
            var comparison = await comparing;
            isCompared = true;
            return comparison;
        }
        finally
        {
            if (!isCompared)
                await account.PerformAsync(new ReleaseAttempt(attempt.Settle(right: false)));
        }
    }

    /// <summary>The work of a comparison, for an address that nobody holds.</summary>
    public async Task<Outcome<Done>> CompareWithDecoyAsync(string password, CancellationToken gone) =>
        lane.TryRun(() => Verify(password, hasher.Decoy), gone: gone) is { } comparing ? await Finish(comparing) : Refusal.Overloaded;

    private static async Task<Done> Finish(Task comparing)
    {
        await comparing;
        return default;
    }

    private Comparison Compare(Attempt attempt, string password, string? newPassword, bool strengthen)
    {
        var verdict = Verify(password, HashOf(attempt.Credential));
        if (verdict == PasswordVerdict.Wrong)
            return new Comparison(attempt.Settle(right: false), NewHash: null);
        var stored = strengthen && verdict == PasswordVerdict.RightButWeak ? password : newPassword;
        return new Comparison(attempt.Settle(right: true), stored is null ? null : Hash(stored));
    }

    private static string HashOf(Credential credential) => credential switch
    {
        PasswordCredential password => password.Hash,
        _ => throw new ArgumentException($"A password cannot be compared with {credential.GetType().Name}.", nameof(credential)),
    };

    private string Hash(string password)
    {
        Interlocked.Increment(ref _hashCount);
        return hasher.Hash(password);
    }

    private PasswordVerdict Verify(string password, string stored)
    {
        Interlocked.Increment(ref _hashCount);
        return hasher.Verify(password, stored);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Passwords are hashed with {Scheme}")]
    private partial void LogScheme(string scheme);
}

/// <summary>How a comparison turned out.</summary>
/// <param name="NewHash">
/// Where the attempt was right: of the new password; or of the same one, where the stored hash was weaker than the setting asks for.
/// </param>
internal sealed record Comparison(SettledAttempt Settled, string? NewHash);

using System.Text;
using AuthCluster.Options;
using AuthCluster.Passwords.Formats;

namespace AuthCluster.Passwords;

/// <summary>Makes and checks password hashes. It is slow on purpose: call it in the <see cref="HashLane"/>.</summary>
public sealed class PasswordHasher
{
    /// <summary>OWASP Password Storage Cheat Sheet: the least for each of the two algorithms.</summary>
    private static readonly HashCost Argon2 = new Argon2Cost(Memory: 19 * 1024, Iterations: 2, Lanes: 1);

    private static readonly HashCost Pbkdf2 = new Pbkdf2Cost(Iterations: 210_000);

    /// <summary>The same on every machine, with or without libsodium.</summary>
    private static readonly HashCost Lowest = new Pbkdf2Cost(Iterations: 1_000);

    private readonly HashCost _cost;

    public PasswordHasher(PasswordOptions options)
        : this(options.Cost == PasswordCost.Lowest ? Lowest : Recommended)
    {
    }

    internal PasswordHasher(HashCost cost)
    {
        _cost = cost;
        Decoy = cost.CreateUnmatchable();
    }

    /// <summary>How new hashes are made, for the log.</summary>
    public string Scheme => _cost.ToString();

    /// <summary>
    /// A hash that no password matches. Checked where there is no such user, so that the answer takes as long as for one there is, save
    /// for users whose imported hash was not replaced yet: those take the time of their own kind.
    /// </summary>
    public string Decoy { get; }

    internal static HashCost Recommended => Argon2Id.IsFast ? Argon2 : Pbkdf2;

    /// <exception cref="ArgumentException">The password has an unpaired surrogate, which <see cref="PasswordPolicy"/> refuses.</exception>
    public string Hash(string password)
    {
        var normalized = NormalizedPassword.Of(password) ?? throw new ArgumentException("The password has an unpaired surrogate.", nameof(password));
        return _cost.Create(Encoding.UTF8.GetBytes(normalized));
    }

    /// <summary>Whether passwords can be compared with a hash: its kind is known, and it is not damaged.</summary>
    public static bool Knows(string stored)
    {
        try
        {
            StoredHash.Parse(stored);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <exception cref="FormatException">The stored hash is damaged, or of a kind this server does not know.</exception>
    public PasswordVerdict Verify(string password, string stored) => Verify(password, StoredHash.Parse(stored));

    internal PasswordVerdict Verify(string password, StoredHash hash)
    {
        var normalized = NormalizedPassword.Of(password);
        // A password that cannot be right costs the same work: how long an answer takes tells nothing.
        var hashed = hash.IsOfNormalized && normalized is not null ? normalized : password;
        if (!hash.Matches(Encoding.UTF8.GetBytes(hashed)) || normalized is null)
            return PasswordVerdict.Wrong;
        return _cost.IsMetBy(hash) ? PasswordVerdict.Right : PasswordVerdict.RightButWeak;
    }
}

public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, but hashed at a lower cost than the setting asks for, or by another system: hash it anew while it is at hand.</summary>
    RightButWeak,
}

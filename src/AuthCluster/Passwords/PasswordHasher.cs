using System.Text;
using AuthCluster.Options;

namespace AuthCluster.Passwords;

/// <summary>Makes and checks password hashes. It is slow on purpose: call it in the <see cref="HashLane"/>.</summary>
public sealed class PasswordHasher
{
    /// <summary>OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA512.</summary>
    private const int RecommendedIterations = 210_000;

    private const int LowestIterations = 1_000;

    private readonly int _iterations;

    public PasswordHasher(PasswordOptions options)
    {
        _iterations = options.Cost == PasswordCost.Lowest ? LowestIterations : RecommendedIterations;
        Decoy = Pbkdf2Hash.CreateUnmatchable(_iterations).ToString();
    }

    /// <summary>A hash that no password matches. Checked where there is no such user, so that the answer takes as long as for one there is.</summary>
    public string Decoy { get; }

    /// <exception cref="ArgumentException">The password has an unpaired surrogate, which <see cref="PasswordPolicy"/> refuses.</exception>
    public string Hash(string password)
    {
        var normalized = NormalizedPassword.Of(password) ?? throw new ArgumentException("The password has an unpaired surrogate.", nameof(password));
        return Pbkdf2Hash.Create(Encoding.UTF8.GetBytes(normalized), _iterations).ToString();
    }

    /// <exception cref="FormatException">The stored hash is damaged, or of a kind this server does not know.</exception>
    public PasswordVerdict Verify(string password, string stored)
    {
        if (!stored.StartsWith(Pbkdf2Hash.Prefix, StringComparison.Ordinal))
            throw new FormatException("A stored password hash is of an unknown kind.");
        var hash = Pbkdf2Hash.Parse(stored);
        var normalized = NormalizedPassword.Of(password);
        // A password that cannot be right costs the same work: how long an answer takes tells nothing.
        var matches = hash.Matches(Encoding.UTF8.GetBytes(normalized ?? password));
        if (normalized is null || !matches)
            return PasswordVerdict.Wrong;
        return hash.Iterations < _iterations ? PasswordVerdict.RightButWeak : PasswordVerdict.Right;
    }
}

public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, but hashed at a lower cost than the setting asks for: hash it anew while it is at hand.</summary>
    RightButWeak,
}

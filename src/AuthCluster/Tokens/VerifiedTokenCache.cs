using System.Text;
using AuthCluster.Options;

namespace AuthCluster.Tokens;

/// <summary>
/// Tokens that were verified before, found by their exact text: neither signature nor JSON is looked at again. A token that is found may
/// have died since (<see cref="VerifiedToken.IsLive"/>) and may be of either kind.
/// </summary>
public sealed class VerifiedTokenCache
{
    private readonly int _capacity;
    private readonly TwoGenerations<VerifiedTokens> _generations;

    public VerifiedTokenCache(TokenOptions options)
    {
        _capacity = (options.VerifiedCache + 1) / 2;
        _generations = new(() => new VerifiedTokens(_capacity));
    }

    public VerifiedToken? Find(ReadOnlySpan<char> token)
    {
        var (younger, elder) = _generations.Current;
        if (younger.Find(token, out _) is { } verified)
            return verified;
        if (elder.Find(token, out var text) is not { } older)
            return null;
        Add(text!, older);
        return older;
    }

    /// <summary>Only verified tokens may be added: the hash relies on it.</summary>
    public void Add(ReadOnlySpan<char> token, VerifiedToken verified)
    {
        if (_capacity > 0)
            Add(TokenText.Comparer.Create(token), verified);
    }

    public void Clear() => _generations.Clear();

    private void Add(byte[] text, VerifiedToken verified)
    {
        while (true)
        {
            var generations = _generations.Current;
            if (generations.Younger.Add(text, verified) != VerifiedTokens.Added.ThereIsNoRoom)
                return;
            _generations.Succeed(generations);
        }
    }
}

/// <summary>Tokens as text of one byte a character, looked up by the characters of a request.</summary>
internal sealed class TokenText : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<char>, byte[]>
{
    public static readonly TokenText Comparer = new();

    // The last characters of a signature (of the tag if tokens are encrypted) are as good as random. The dictionary holds verified tokens
    // alone, so an attacker who wants to crowd a bucket needs the private key. Texts are compared only if these random bits are equal
    // already, so the time of a comparison tells an attacker nothing about how near a guess is.
    private const int HashedCharacters = 10;

    public int GetHashCode(byte[] text)
    {
        var hash = 0;
        foreach (var character in text.AsSpan(Math.Max(0, text.Length - HashedCharacters)))
            hash = unchecked((hash * 31) + character);
        return hash;
    }

    public int GetHashCode(ReadOnlySpan<char> token)
    {
        var hash = 0;
        foreach (var character in token[Math.Max(0, token.Length - HashedCharacters)..])
            hash = unchecked((hash * 31) + character);
        return hash;
    }

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<char> token, byte[] text) => Ascii.Equals(text, token);

    public byte[] Create(ReadOnlySpan<char> token)
    {
        var text = new byte[token.Length];
        Encoding.Latin1.GetBytes(token, text);
        return text;
    }
}

using System.Collections.Concurrent;
using System.Text;
using AuthCluster.Options;

namespace AuthCluster.Tokens;

/// <summary>
/// Tokens that were verified before, found by their exact text: neither signature nor JSON is looked at again. What it finds may have died
/// since (<see cref="VerifiedToken.IsLive"/>) and may be of either kind.
/// </summary>
/// <remarks>
/// Two generations, each half of the bound: when the younger is full it becomes the older one, and what the older one held and nobody asked
/// for since is dropped. Nothing has to be ordered by its last use, so that a hit writes nothing.
/// </remarks>
public sealed class VerifiedTokenCache(TokenOptions options)
{
    private readonly int _capacity = (options.VerifiedCache + 1) / 2;
    private volatile Generations _generations = new(new Generation(), new Generation());

    public VerifiedToken? Find(ReadOnlySpan<char> token)
    {
        var generations = _generations;
        if (generations.Current.Find(token, out _) is { } verified)
            return verified;
        if (generations.Previous.Find(token, out var text) is not { } older)
            return null;
        Add(text!, older);
        return older;
    }

    /// <summary>Only what was verified may be added: the hash relies on it.</summary>
    public void Add(ReadOnlySpan<char> token, VerifiedToken verified)
    {
        if (_capacity > 0)
            Add(TokenText.Comparer.Create(token), verified);
    }

    public void Clear() => _generations = new(new Generation(), new Generation());

    private void Add(byte[] text, VerifiedToken verified)
    {
        while (true)
        {
            var generations = _generations;
            if (generations.Current.TryAdd(text, verified, _capacity))
                return;
            // Only one of those who find it full replaces it; the others try again with what it put there.
            Interlocked.CompareExchange(ref _generations, new(new Generation(), generations.Current), generations);
        }
    }

    private sealed record Generations(Generation Current, Generation Previous);

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<byte[], VerifiedToken> _tokens = new(TokenText.Comparer);
        private readonly ConcurrentDictionary<byte[], VerifiedToken>.AlternateLookup<ReadOnlySpan<char>> _lookup;
        private int _count;

        public Generation() => _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();

        public VerifiedToken? Find(ReadOnlySpan<char> token, out byte[]? text) =>
            _lookup.TryGetValue(token, out text, out var verified) ? verified : null;

        /// <summary>False where it is full.</summary>
        public bool TryAdd(byte[] text, VerifiedToken verified, int capacity)
        {
            // Counted here, as the dictionary's own count takes all its locks; counted first, so that the bound holds at every moment.
            if (Interlocked.Increment(ref _count) > capacity)
                return false;
            if (!_tokens.TryAdd(text, verified))
                Interlocked.Decrement(ref _count);
            return true;
        }
    }
}

/// <summary>Tokens as text of one byte a character, looked up by the characters of a request.</summary>
internal sealed class TokenText : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<char>, byte[]>
{
    public static readonly TokenText Comparer = new();

    // The last characters of a signature (of the tag, where tokens are encrypted) are as good as random. Only verified tokens are in the
    // dictionary, so whoever wants to crowd a bucket needs the private key. And texts are compared only where these random bits are equal
    // already, so that the time of a comparison tells nobody who attempts how near he is.
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

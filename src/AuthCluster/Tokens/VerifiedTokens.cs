using System.Collections.Concurrent;
using System.Numerics;

namespace AuthCluster.Tokens;

/// <summary>One generation of verified tokens, bounded in number, in bytes, and by account.</summary>
internal sealed class VerifiedTokens
{
    /// <summary>Bytes of text that a token has on average at most; one with many claims takes the place of several.</summary>
    private const int AverageSize = 1024;

    private readonly ConcurrentDictionary<byte[], VerifiedToken> _tokens = new(TokenText.Comparer);
    private readonly ConcurrentDictionary<byte[], VerifiedToken>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _capacity;
    private readonly int _share;

    // One account's tokens, counted by a part of its id, which is random: accounts that share a counter are as rare as it is harmless.
    private readonly int[] _ofAccount;
    private int _count;
    private long _size;

    public VerifiedTokens(int capacity)
    {
        _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        _capacity = capacity;
        _share = ShareOf(capacity);
        _ofAccount = new int[BitOperations.RoundUpToPowerOf2((uint)capacity + 1)];
    }

    public enum Added
    {
        Yes = 0,

        /// <summary>The account has its share already. Refreshes are not limited, so one user could push out the tokens of all others.</summary>
        AccountHasItsShare = 1,

        ThereIsNoRoom = 2,
    }

    /// <summary>Tokens of one account at most.</summary>
    public static int ShareOf(int capacity) => Math.Max(64, capacity / 256);

    public VerifiedToken? Find(ReadOnlySpan<char> token, out byte[]? text) =>
        _lookup.TryGetValue(token, out text, out var verified) ? verified : null;

    public Added Add(byte[] text, VerifiedToken verified)
    {
        ref var ofAccount = ref _ofAccount[verified.AccountId.GetHashCode() & (_ofAccount.Length - 1)];
        if (Volatile.Read(ref ofAccount) >= _share)
            return Added.AccountHasItsShare;
        // Counted here, as the dictionary's own count takes all its locks; counted first, so that the bounds hold at every moment.
        var count = Interlocked.Increment(ref _count);
        var size = Interlocked.Add(ref _size, text.Length);
        // The first one fits, however large it is: otherwise no generation would have room for it.
        if (count > _capacity || (count > 1 && size > (long)_capacity * AverageSize))
            return Added.ThereIsNoRoom;
        if (_tokens.TryAdd(text, verified))
        {
            Interlocked.Increment(ref ofAccount);
            return Added.Yes;
        }

        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _size, -text.Length);
        return Added.Yes;
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace AuthCluster.Passwords.Formats;

/// <summary>bcrypt as crypt(5) writes it: <c>$2b$12$</c>, 22 characters of salt, 31 of hash.</summary>
internal sealed class BcryptHash : StoredHash
{
    /// <summary>Bytes of a password that bcrypt looks at. These hashes were made so; the login that matches replaces them.</summary>
    private const int UsedLength = 72;

    private const int SettingLength = 29;
    private const int Length = SettingLength + 31;

    /// <summary>Powers of two; the highest takes some seconds.</summary>
    private const int MinRounds = 4;
    private const int MaxRounds = 16;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private readonly string _setting;
    private readonly byte[] _hash;

    private BcryptHash(string stored)
    {
        _setting = stored[..SettingLength];
        _hash = Encoding.ASCII.GetBytes(stored[SettingLength..]);
    }

    public static new BcryptHash Parse(string stored)
    {
        var isWellFormed = stored is ['$', '2', 'a' or 'b' or 'y', '$', _, _, '$', ..] and { Length: Length }
            && HashText.Number(stored[4..6], MinRounds, MaxRounds) is not null
            && !stored.AsSpan(7).ContainsAnyExcept(Alphabet);
        return isWellFormed ? new BcryptHash(stored) : throw Damaged();
    }

    public override bool Matches(ReadOnlySpan<byte> password)
    {
        var computed = LibCrypt.Crypt(password[..Math.Min(password.Length, UsedLength)], _setting);
        // crypt would stop at a zero byte and call every password right that goes on differently after it.
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(computed[SettingLength..]), _hash) & !password.Contains((byte)0);
    }
}

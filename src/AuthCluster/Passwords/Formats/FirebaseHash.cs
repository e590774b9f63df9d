using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace AuthCluster.Passwords.Formats;

/// <summary>
/// Firebase's variant of scrypt: <c>firebase$16384$8$salt$separator$signer$hash</c>, that is N (two to the power of <c>mem_cost</c>), r
/// (<c>rounds</c>), the account's salt, then the project's salt separator and signer key. The hash is the signer key, encrypted by AES-256-CTR
/// under what scrypt derives.
/// </summary>
internal sealed class FirebaseHash(ScryptCost cost, byte[] salt, byte[] signer, byte[] hash) : StoredHash
{
    public const string Prefix = "firebase$";

    private const int KeyLength = 32;
    private const int BlockLength = 16;
    private const int ShortestSalt = 8;
    private const int LongestSalt = 64;
    private const int LongestSeparator = 16;
    private const int ShortestSigner = 32;
    private const int LongestSigner = 64;

    public static new StoredHash Parse(string stored)
    {
        if (stored.Split('$') is [_, var n, var r, var saltText, var separatorText, var signerText, var hashText]
            && ScryptCost.Parse(n, r, "1") is { } cost
            && HashText.Decode(saltText, ShortestSalt, LongestSalt) is { } salt
            && HashText.Decode(separatorText, 0, LongestSeparator) is { } separator
            && HashText.Decode(signerText, ShortestSigner, LongestSigner) is { } signer
            && HashText.Decode(hashText, signer.Length, signer.Length) is { } hash)
        {
            return new FirebaseHash(cost, [.. salt, .. separator], signer, hash);
        }

        throw Damaged();
    }

    public override bool Matches(ReadOnlySpan<byte> password)
    {
        var key = SCrypt.Generate(password.ToArray(), salt, cost.Work, cost.BlockSize, cost.Parallelism, KeyLength);
        return CryptographicOperations.FixedTimeEquals(Encrypt(key), hash);
    }

    private byte[] Encrypt(byte[] key)
    {
        // The counter starts at zero, as Firebase's does: each key encrypts this one text.
        var cipher = new BufferedBlockCipher(new SicBlockCipher(AesUtilities.CreateEngine()));
        cipher.Init(forEncryption: true, new ParametersWithIV(new KeyParameter(key), new byte[BlockLength]));
        return cipher.DoFinal(signer);
    }
}

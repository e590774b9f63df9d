using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Accounts;
using AuthCluster.Http.Bearer;
using AuthCluster.Keys;

namespace AuthCluster.Http.Passkeys;

/// <summary>
/// Challenges for passkeys. They are kept nowhere, so that every node knows those of the others; the account keeps those that were spent.
/// </summary>
/// <remarks>Random id (16 bytes), Unix millisecond of expiry (8), then HMAC-SHA256 over what it is for and these.</remarks>
internal sealed class PasskeyChallenges(MasterKey master, TimeProvider time)
{
    private const int ExpiryAt = 16;
    private const int MacAt = 24;
    private const int Size = MacAt + HMACSHA256.HashSizeInBytes;

    /// <summary>For a login that names no account.</summary>
    public const string SignIn = "sign in";

    private readonly byte[] _key = master.Derive("passkey-challenge");

    /// <summary>For the session that repeated the password, and no other one.</summary>
    public static string Enrolment(Caller caller) => $"enrol {caller.AccountId} {caller.SessionId}";

    /// <summary>For the login whose password was right.</summary>
    public static string SecondFactor(Challenge owed) => $"second factor {owed.AccountId} {owed.Id}";

    public byte[] New(string purpose)
    {
        var challenge = new byte[Size];
        Secret.New().TryWriteBytes(challenge, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(challenge.AsSpan(ExpiryAt), (time.GetUtcNow() + PasskeyChallenge.Lifetime).ToUnixTimeMilliseconds());
        Mac(purpose, challenge.AsSpan(0, MacAt)).CopyTo(challenge, MacAt);
        return challenge;
    }

    /// <summary><c>null</c> for everything that is not a living challenge for this purpose.</summary>
    public PasskeyChallenge? Read(byte[] challenge, string purpose)
    {
        if (challenge.Length != Size)
            return null;
        var facts = challenge.AsSpan(0, MacAt);
        if (!CryptographicOperations.FixedTimeEquals(Mac(purpose, facts), challenge.AsSpan(MacAt)))
            return null;
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(facts[ExpiryAt..]));
        return time.GetUtcNow() < expires ? new PasskeyChallenge(new Guid(facts[..ExpiryAt], bigEndian: true), expires) : null;
    }

    private byte[] Mac(string purpose, ReadOnlySpan<byte> facts)
    {
        byte[] covered = [.. Encoding.UTF8.GetBytes(purpose), 0, .. facts];
        return HMACSHA256.HashData(_key, covered);
    }
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AuthCluster.Accounts;
using AuthCluster.Keys;

namespace AuthCluster.Tokens;

/// <summary>
/// Device tokens: they say that a client logged in to this account before. They authenticate nobody and are kept nowhere; the account voids
/// them by their generation.
/// </summary>
/// <remarks>Client id (16 bytes), generation (4), Unix second of expiry (8), then HMAC-SHA256 over the account id and these; base64url.</remarks>
public sealed class DeviceTokens(MasterKey master, TimeProvider time)
{
    private const int GenerationAt = 16;
    private const int ExpiryAt = 20;
    private const int MacAt = 28;
    private const int Size = MacAt + HMACSHA256.HashSizeInBytes;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly byte[] _key = master.Derive("device-token");

    public string Issue(Guid accountId, Guid deviceId, int generation)
    {
        var token = new byte[Size];
        deviceId.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token.AsSpan(GenerationAt), generation);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(ExpiryAt), (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        Mac(accountId, token.AsSpan(0, MacAt)).CopyTo(token, MacAt);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whether it is worth a look.</summary>
    public static bool MayBe([NotNullWhen(true)] string? token) => token?.Length == Base64Url.GetEncodedLength(Size);

    /// <summary><c>null</c> for everything that is not a living device token of this account.</summary>
    public DeviceTokenFacts? Read(string? token, Guid accountId)
    {
        // Its length first: what a client sends may be long.
        if (!MayBe(token) || StrictBase64Url.Decode(token) is not { } bytes)
            return null;
        var facts = bytes.AsSpan(0, MacAt);
        if (!CryptographicOperations.FixedTimeEquals(Mac(accountId, facts), bytes.AsSpan(MacAt)))
            return null;
        if (time.GetUtcNow().ToUnixTimeSeconds() >= BinaryPrimitives.ReadInt64BigEndian(facts[ExpiryAt..]))
            return null;
        return new DeviceTokenFacts(new Guid(facts[..GenerationAt], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(facts[GenerationAt..]));
    }

    private byte[] Mac(Guid accountId, ReadOnlySpan<byte> facts)
    {
        byte[] covered = [.. accountId.ToByteArray(bigEndian: true), .. facts];
        return HMACSHA256.HashData(_key, covered);
    }
}

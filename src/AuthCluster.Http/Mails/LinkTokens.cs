using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using AuthCluster.Accounts;
using AuthCluster.Keys;

namespace AuthCluster.Http.Mails;

/// <summary>
/// The tokens of mails' links: account, code and a MAC of both with the purpose. A store or a backup without the master key holds none of them, and
/// a guess is refused before any account is asked.
/// </summary>
internal sealed class LinkTokens(MasterKey master)
{
    /// <summary>Characters of a token, all of them.</summary>
    public const int Length = 64;

    private const int IdSize = 16;

    /// <summary>Bytes: 128 bits that nobody guesses.</summary>
    private const int MacSize = 16;

    private readonly byte[] _key = master.Derive("mailed codes");

    public string Make(Guid accountId, MailedCode code)
    {
        var bytes = new byte[IdSize + IdSize + MacSize];
        accountId.TryWriteBytes(bytes);
        code.Id.TryWriteBytes(bytes.AsSpan(IdSize));
        Mac(bytes.AsSpan(0, 2 * IdSize), code.Purpose).CopyTo(bytes, 2 * IdSize);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary><c>null</c> where it was not made here for this purpose. Whether its code is still good, only the account knows.</summary>
    public LinkToken? Read(string token, LinkPurpose purpose)
    {
        if (token.Length != Length || !Base64Url.IsValid(token, out var length) || length != IdSize + IdSize + MacSize)
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        var ids = bytes.AsSpan(0, 2 * IdSize);
        return CryptographicOperations.FixedTimeEquals(Mac(ids, purpose), bytes.AsSpan(2 * IdSize))
            ? new LinkToken(new Guid(ids[..IdSize]), new Guid(ids[IdSize..]))
            : null;
    }

    private byte[] Mac(ReadOnlySpan<byte> ids, LinkPurpose purpose)
    {
        Span<byte> input = stackalloc byte[sizeof(int) + (2 * IdSize)];
        BinaryPrimitives.WriteInt32BigEndian(input, (int)purpose);
        ids.CopyTo(input[sizeof(int)..]);
        return HMACSHA256.HashData(_key, input)[..MacSize];
    }
}

/// <summary>What a token says.</summary>
internal readonly record struct LinkToken(Guid AccountId, Guid CodeId);

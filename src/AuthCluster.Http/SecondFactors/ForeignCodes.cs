using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Keys;

namespace AuthCluster.Http.SecondFactors;

/// <summary>
/// Emergency codes of other systems. They are a third as long as ours, so that a reader of the store would find them from a hash: theirs takes a key
/// that follows from the master key.
/// </summary>
internal sealed class ForeignCodes(MasterKey master)
{
    private const string Mark = "foreign:";

    private readonly byte[] _key = master.Derive("foreign emergency codes");

    /// <param name="code">Without blanks and dashes.</param>
    public string HashOf(Guid accountId, string code) => HashOf(accountId, SHA512.HashData(Encoding.UTF8.GetBytes(code.ToUpperInvariant())));

    /// <param name="sha512">Of the code in upper case, which is what Keycloak keeps.</param>
    public string HashOf(Guid accountId, ReadOnlySpan<byte> sha512)
    {
        byte[] named = [.. accountId.ToByteArray(), .. sha512];
        return Mark + Base64Url.EncodeToString(HMACSHA256.HashData(_key, named));
    }
}

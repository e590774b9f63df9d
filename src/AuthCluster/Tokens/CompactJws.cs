using System.Buffers.Text;
using System.Text;
using AuthCluster.Keys;

namespace AuthCluster.Tokens;

/// <summary>The three segments of a signed token (RFC 7515 section 7.1), not decoded yet.</summary>
internal readonly ref struct CompactJws
{
    private readonly ReadOnlySpan<char> _token;
    private readonly int _firstDot;
    private readonly int _lastDot;

    private CompactJws(ReadOnlySpan<char> token, int firstDot, int lastDot)
    {
        _token = token;
        _firstDot = firstDot;
        _lastDot = lastDot;
    }

    public ReadOnlySpan<char> Header => _token[.._firstDot];

    public ReadOnlySpan<char> Payload => _token[(_firstDot + 1).._lastDot];

    /// <summary>What the signature is of.</summary>
    public ReadOnlySpan<char> Signed => _token[.._lastDot];

    private ReadOnlySpan<char> Signature => _token[(_lastDot + 1)..];

    public static bool TrySplit(ReadOnlySpan<char> token, out CompactJws parts)
    {
        var firstDot = token.IndexOf('.');
        var lastDot = token.LastIndexOf('.');
        var isThree = firstDot >= 0 && firstDot < lastDot && !token[(firstDot + 1)..lastDot].Contains('.');
        parts = isThree ? new CompactJws(token, firstDot, lastDot) : default;
        return isThree;
    }

    /// <param name="type">The <c>typ</c>.</param>
    public static string Write(SigningKey key, string type, ReadOnlySpan<byte> payload)
    {
        var signed = $"{TokenHeader.Encode(key, type)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.Sign(Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public bool IsSignedBy(SigningKey key) => IsSigned((data, signature) => key.Verify(data, signature));

    /// <param name="verify">Whether the second is the signature of the first.</param>
    public bool IsSigned(Func<byte[], byte[], bool> verify)
    {
        var signed = Signed;
        // Anything else would become '?' among the bytes that are verified.
        if (!Ascii.IsValid(signed) || StrictBase64Url.Decode(Signature) is not { } signature)
            return false;
        var data = new byte[signed.Length];
        Encoding.ASCII.GetBytes(signed, data);
        return verify(data, signature);
    }
}

using System.Buffers;
using System.Buffers.Text;

namespace AuthCluster.Tokens;

/// <summary>
/// Base64url with exactly one spelling for each value (RFC 4648 section 3.5). The decoder of the platform passes over white space, padding and
/// stray trailing bits, so that one signature would be good for many different texts.
/// </summary>
internal static class StrictBase64Url
{
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out var consumed, out var written) != OperationStatus.Done || consumed != text.Length)
            return null;
        Array.Resize(ref bytes, written);
        return text.SequenceEqual(Base64Url.EncodeToString(bytes)) ? bytes : null;
    }
}

using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AuthCluster.Tokens;

namespace AuthCluster.Tests.Vectors;

/// <summary>
/// Asks the parts of <see cref="TokenReader"/> about a signed token of somebody else, in its order. The reader itself refuses every one of them
/// already because its header has no <c>typ</c> of ours and its payload is no claims, so that it would prove nothing about signatures.
/// </summary>
internal static class VectorToken
{
    public static bool IsAccepted(string token, VectorKeys? keys) =>
        CompactJws.TrySplit(token, out var parts)
        && HeaderOf(parts) is { } header
        && keys?.Find(header.KeyId) is { } key
        && header.Algorithm == key.AlgorithmName
        && parts.IsSignedBy(key)
        && StrictBase64Url.Decode(parts.Payload) is not null;

    /// <summary>The <c>alg</c> that the token claims, for sorting the vectors; read with forgiveness.</summary>
    public static string? ClaimedAlgorithm(string token)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[0].Replace("?", "", StringComparison.Ordinal)));
            return header.RootElement.GetProperty("alg").GetString();
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The header as the product's parser reads it once it has a <c>typ</c>.</summary>
    private static TokenHeader? HeaderOf(CompactJws parts)
    {
        if (StrictBase64Url.Decode(parts.Header) is not { } json)
            return null;
        var text = Encoding.Latin1.GetString(json);
        var withType = text.StartsWith('{') ? text.Insert(1, "\"typ\":\"at+jwt\",") : text;
        return TokenHeader.Parse(Base64Url.EncodeToString(Encoding.Latin1.GetBytes(withType)));
    }
}

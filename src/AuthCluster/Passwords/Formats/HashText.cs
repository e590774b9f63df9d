using System.Globalization;

namespace AuthCluster.Passwords.Formats;

/// <summary>What stored hashes are written with: decimal numbers, and base64 with or without padding.</summary>
internal static class HashText
{
    /// <summary><c>null</c> also where it is out of range: a damaged number must neither hold a thread for hours nor take all memory.</summary>
    public static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>The length is part of the format: a hash that lost its end would match more passwords, an empty one all of them.</summary>
    public static byte[]? Decode(string text, int shortest, int longest)
    {
        var bytes = new byte[longest];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var length) && length >= shortest ? bytes[..length] : null;
    }
}

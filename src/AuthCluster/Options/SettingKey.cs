using System.Text.Unicode;

namespace AuthCluster.Options;

/// <summary>Whether a key in the settings is hard to guess. Each rule refuses less than one of a thousand million random keys.</summary>
internal static class SettingKey
{
    /// <summary>32 random bytes have about 30 different values.</summary>
    private const int LeastValues = 16;

    /// <summary><c>null</c> where it is no base64.</summary>
    public static byte[]? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    /// <param name="text">The setting, base64 of <paramref name="key"/>.</param>
    public static bool IsSecret(string text, ReadOnlySpan<byte> key) =>
        !IsHexadecimal(text) && !IsText(key) && HasManyValues(key) && !PublishedKeys.Contains(key);

    /// <summary>A key of another notation would be taken without a word, but be another one than its owner shares with others.</summary>
    private static bool IsHexadecimal(string text) => text.Trim().All(char.IsAsciiHexDigit);

    /// <summary>A passphrase, however long, is found by an attacker with a token and a list of words.</summary>
    private static bool IsText(ReadOnlySpan<byte> key) =>
        Utf8.IsValid(key) && !key.ContainsAnyInRange((byte)0x00, (byte)0x08) && !key.ContainsAnyInRange((byte)0x0e, (byte)0x1f);

    private static bool HasManyValues(ReadOnlySpan<byte> key)
    {
        var values = new HashSet<byte>();
        foreach (var value in key)
            values.Add(value);
        return values.Count >= LeastValues;
    }
}

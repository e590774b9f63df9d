using System.Text.RegularExpressions;
using OtpNet;

namespace AuthCluster.Imports;

/// <summary>The second factor of a user in another system.</summary>
/// <param name="Secret">Of codes as ours are: SHA-1, 30 seconds, 6 digits; <c>null</c> where it is another kind, which cannot be had here.</param>
/// <param name="LastStep">Of the newest code that was accepted there.</param>
/// <param name="Codes">Emergency codes that are left.</param>
/// <param name="CodeHashes">The same, where only their SHA-512 is known.</param>
internal sealed partial record SourceSecondFactor(byte[]? Secret, long LastStep, IReadOnlyList<string> Codes, IReadOnlyList<byte[]> CodeHashes)
{
    /// <summary>There is one that cannot be had here. Without it the password alone would open the account.</summary>
    public static readonly SourceSecondFactor Unknown = new(null, 0, [], []);

    private const int LeastSecretSize = 10;

    public static SourceSecondFactor Of(byte[]? secret, long lastStep = 0, IReadOnlyList<string>? codes = null, IReadOnlyList<byte[]>? hashes = null) =>
        secret is { Length: >= LeastSecretSize } ? new(secret, lastStep, codes ?? [], hashes ?? []) : Unknown;

    /// <summary>A secret in Base32, as apps take it, and codes in one text.</summary>
    public static SourceSecondFactor Of(string base32, string? codes) => Of(SecretOf(base32), codes: CodesIn(codes));

    public static byte[]? SecretOf(string base32)
    {
        try
        {
            return Base32Encoding.ToBytes(base32.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static IReadOnlyList<string> CodesIn(string? text) => text is null ? [] : [.. Separators().Split(text).Where(code => code.Length > 0)];

    [GeneratedRegex(@"[\s,;]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();
}

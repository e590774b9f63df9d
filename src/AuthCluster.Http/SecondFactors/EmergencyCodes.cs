using System.Collections.Immutable;
using AuthCluster.Accounts;

namespace AuthCluster.Http.SecondFactors;

/// <summary>A set of emergency codes, as it is shown and as it is kept.</summary>
internal sealed record EmergencyCodes(ImmutableArray<string> Texts, ImmutableArray<string> Hashes)
{
    public const int Count = 10;

    private const int TextLength = OneTimeCode.Size * 2;

    /// <summary>Groups of hexadecimal digits: among them no letter looks like a digit.</summary>
    private const int GroupLength = 4;

    public static EmergencyCodes New()
    {
        var codes = Enumerable.Range(0, Count).Select(_ => OneTimeCode.New()).ToList();
        return new([.. codes.Select(TextOf)], [.. codes.Select(code => OneTimeCode.Hash(code))]);
    }

    /// <summary>The hash of a code; <c>null</c> where the text has not the form of one.</summary>
    /// <param name="text">Without blanks and dashes.</param>
    public static string? HashOf(string text) =>
        text.Length == TextLength && text.All(char.IsAsciiHexDigit) ? OneTimeCode.Hash(Convert.FromHexString(text)) : null;

    private static string TextOf(byte[] code) =>
        string.Join('-', Convert.ToHexStringLower(code).Chunk(GroupLength).Select(group => new string(group)));
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace AuthCluster.Emails;

/// <summary>
/// The addresses taken: RFC 5321 <c>Dot-string@Domain</c> with the letters of RFC 6531. Quoted local parts, comments and address literals are not.
/// </summary>
internal static class EmailSyntax
{
    private const int MaxLocalPart = 64;
    private const int MaxDomain = 253;
    private const int MaxLabel = 63;

    private const string AsciiLettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary><c>atext</c> of RFC 5322 section 3.2.3.</summary>
    private static readonly SearchValues<char> LocalPartAscii = SearchValues.Create(AsciiLettersAndDigits + "!#$%&'*+-/=?^_`{|}~");

    private static readonly SearchValues<char> DomainAscii = SearchValues.Create(AsciiLettersAndDigits + "-");

    /// <summary>As far as systems that users come from agree. Marks that a shell, a header or a list would read are not among them.</summary>
    private static readonly SearchValues<char> UsernameAscii = SearchValues.Create(AsciiLettersAndDigits + "._-+");

    /// <summary>Whether every character is one that people write. Judged before normalisation, which throws on unpaired surrogates.</summary>
    public static bool IsWritable(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || !IsVisible(rune))
                return false;
            text = text[length..];
        }

        return true;
    }

    /// <summary>Judges the canonical form.</summary>
    public static bool IsAddress(ReadOnlySpan<char> text, int maxLength)
    {
        var at = text.IndexOf('@');
        return at > 0
            && Encoding.UTF8.GetByteCount(text) <= maxLength
            && IsLocalPart(text[..at])
            && IsDomain(text[(at + 1)..]);
    }

    /// <summary>Judges the canonical form.</summary>
    public static bool IsUsername(ReadOnlySpan<char> text, int maxLength) =>
        Encoding.UTF8.GetByteCount(text) <= maxLength && IsWord(text, UsernameAscii);

    private static bool IsLocalPart(ReadOnlySpan<char> text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxLocalPart)
            return false;
        foreach (var atom in text.Split('.'))
        {
            if (!IsWord(text[atom], LocalPartAscii))
                return false;
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxDomain)
            return false;
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.Length > MaxLabel || !IsWord(label, DomainAscii) || label[0] == '-' || label[^1] == '-')
                return false;
        }

        return true;
    }

    private static bool IsWord(ReadOnlySpan<char> text, SearchValues<char> ascii)
    {
        var afterLetter = false;
        foreach (var rune in text.EnumerateRunes())
        {
            // A mark on nothing, or on a symbol, changes the look of what stands before it.
            var letter = IsLetterOrNumber(rune) || (afterLetter && IsMark(rune));
            if (rune.IsAscii ? !ascii.Contains((char)rune.Value) : !letter || !IsVisible(rune))
                return false;
            afterLetter = letter;
        }

        return !text.IsEmpty;
    }

    private static bool IsLetterOrNumber(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsVisible(Rune rune) => !Rune.IsWhiteSpace(rune) && !IsIgnorable(rune.Value) && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>
    /// Default_Ignorable_Code_Point of Unicode, as far as the categories do not tell: letters and marks that show nothing.
    /// With them two addresses could look the same.
    /// </summary>
    private static bool IsIgnorable(int codePoint) => codePoint
        is 0x034F // combining grapheme joiner
        or 0x115F or 0x1160 or 0x3164 or 0xFFA0 // Hangul fillers
        or 0x17B4 or 0x17B5 // Khmer inherent vowels
        or (>= 0x180B and <= 0x180F) // Mongolian variation selectors
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF); // variation selectors
}

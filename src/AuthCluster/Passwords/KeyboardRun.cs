namespace AuthCluster.Passwords;

/// <summary>Characters in an order that fingers or children know: "aaaa", "4321", "wert", "1qaz".</summary>
internal static class KeyboardRun
{
    /// <summary>Alphabet, digits, and the rows, columns and slants of common keyboards (QWERTY, QWERTZ, AZERTY).</summary>
    private static readonly string[] Orders =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "!@#$%^&*()", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop",
        "qsdfghjklm", "wxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "qweasdzxc", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
    ];

    /// <summary>How long the run is that the text begins with; at least one.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var other = text.IndexOfAnyExcept(text[0]);
        var longest = other < 0 ? text.Length : other;
        foreach (var order in Orders)
            longest = Math.Max(longest, Math.Max(Following(text, order, step: 1), Following(text, order, step: -1)));
        return longest;
    }

    private static int Following(ReadOnlySpan<char> text, string order, int step)
    {
        var place = order.IndexOf(text[0]);
        var length = 0;
        while (length < text.Length && place >= 0 && place < order.Length && order[place] == text[length])
        {
            length++;
            place += step;
        }

        return length;
    }
}

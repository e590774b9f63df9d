using System.Text;

namespace AuthCluster.Emails;

/// <summary>The form in which two spellings that a person would call the same are the same text.</summary>
internal static class CanonicalText
{
    /// <summary>No Unicode character needs more than two; a text that does not settle is refused.</summary>
    private const int MaxRounds = 4;

    /// <summary>NFKC and case folding undo each other for some characters, hence the rounds: the result is its own canonical form.</summary>
    public static string? Of(string text)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var next = FoldCase(text.Normalize(NormalizationForm.FormKC));
            if (next == text)
                return next;
            text = next;
        }

        return null;
    }

    /// <summary>
    /// Through upper case, so that letters with two lower-case forms (σ and ς) meet. Dotless ı and dotted İ stay letters of their own.
    /// </summary>
    private static string FoldCase(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            folded.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)));
        return folded.ToString();
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AuthCluster.Emails;

/// <summary>The form under which an e-mail address is unique. Two spellings that a person would call the same address have the same one.</summary>
/// <remarks>
/// For finding and comparing only. Mail goes to the address stored with the account, never to the one that was typed to find it: a look-alike
/// that folds to the same form would otherwise receive that account's mail (CVE-2019-19844).
/// </remarks>
public readonly record struct CanonicalEmail
{
    /// <summary>RFC 5321 section 4.5.3.1.3, without the angle brackets of a path.</summary>
    private const int MaxLength = 254;

    /// <summary>No Unicode character needs more than two; an address that does not settle is refused.</summary>
    private const int MaxRounds = 4;

    private CanonicalEmail(string value) => Value = value;

    public string Value { get; }

    /// <summary>The address without the blanks that keyboards and password managers put around it.</summary>
    [return: NotNullIfNotNull(nameof(typed))]
    public static string? Trim(string? typed) => typed?.Trim();

    public static bool TryParse(string? text, out CanonicalEmail email)
    {
        email = default;
        text = Trim(text);
        if (text is null || text.Length > MaxLength || !EmailSyntax.IsWritable(text))
            return false;
        if (Canonical(text) is not { } canonical || !KeepsSeparators(text, canonical) || !EmailSyntax.IsAddress(canonical, MaxLength))
            return false;
        email = new CanonicalEmail(canonical);
        return true;
    }

    /// <summary>The canonical form of what an address begins with; <c>null</c> where none begins so.</summary>
    public static string? Prefix(string typed)
    {
        var text = Trim(typed);
        return text.Length <= MaxLength && EmailSyntax.IsWritable(text) ? Canonical(text) : null;
    }

    /// <summary>Throws where Unicode normalisation is switched off: the same person could then hold one address in several accounts.</summary>
    /// <exception cref="BadConfigurationException">The process runs in invariant globalization mode.</exception>
    public static void RequireNormalization()
    {
        if (Canonical("\uFF21\u212A\u017F") != "aks")
            throw new BadConfigurationException(
                "Unicode normalisation is switched off. Install ICU (libicu) and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset.");
    }

    public override string ToString() => Value;

    /// <summary>NFKC and case folding undo each other for some characters, hence the rounds: the result is its own canonical form.</summary>
    private static string? Canonical(string text)
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

    /// <summary>A character that only normalises to '@' or '.' (full-width forms, the dot leaders) would decide where the domain begins.</summary>
    private static bool KeepsSeparators(ReadOnlySpan<char> typed, ReadOnlySpan<char> canonical) =>
        typed.Count('@') == canonical.Count('@') && typed.Count('.') == canonical.Count('.');
}

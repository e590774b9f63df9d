using System.Diagnostics.CodeAnalysis;

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
        if (CanonicalText.Of(text) is not { } canonical || !KeepsSeparators(text, canonical) || !EmailSyntax.IsAddress(canonical, MaxLength))
            return false;
        email = new CanonicalEmail(canonical);
        return true;
    }

    /// <summary>The canonical form of what an address begins with; <c>null</c> where none begins so.</summary>
    public static string? Prefix(string typed)
    {
        var text = Trim(typed);
        return text.Length <= MaxLength && EmailSyntax.IsWritable(text) ? CanonicalText.Of(text) : null;
    }

    /// <summary>Throws where Unicode normalisation is switched off: the same person could then hold one address in several accounts.</summary>
    /// <exception cref="BadConfigurationException">The process runs in invariant globalization mode.</exception>
    public static void RequireNormalization()
    {
        if (CanonicalText.Of("\uFF21\u212A\u017F") != "aks")
            throw new BadConfigurationException(
                "Unicode normalisation is switched off. Install ICU (libicu) and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset.");
    }

    public override string ToString() => Value;

    /// <summary>A character that only normalises to '@' or '.' (full-width forms, the dot leaders) would decide where the domain begins.</summary>
    private static bool KeepsSeparators(ReadOnlySpan<char> typed, ReadOnlySpan<char> canonical) =>
        typed.Count('@') == canonical.Count('@') && typed.Count('.') == canonical.Count('.');
}

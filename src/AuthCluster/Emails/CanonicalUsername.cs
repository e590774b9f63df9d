namespace AuthCluster.Emails;

/// <summary>The form under which a user name is unique, made by the same function as that of an address. It has no <c>@</c>, and so is no address.</summary>
public readonly record struct CanonicalUsername
{
    /// <summary>Characters, as in Django.</summary>
    private const int MaxLength = 150;

    /// <summary>Bytes of the canonical form, as for addresses.</summary>
    private const int MaxSize = 254;

    private CanonicalUsername(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, out CanonicalUsername username)
    {
        username = default;
        text = CanonicalEmail.Trim(text);
        if (text is null || text.Length > MaxLength || !EmailSyntax.IsWritable(text))
            return false;
        if (CanonicalText.Of(text) is not { } canonical || !EmailSyntax.IsUsername(canonical, MaxSize))
            return false;
        username = new CanonicalUsername(canonical);
        return true;
    }

    public override string ToString() => Value;
}

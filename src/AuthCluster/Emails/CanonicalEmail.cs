namespace AuthCluster.Emails;

/// <summary>The form under which an e-mail address is unique. Two spellings that a person would call the same address have the same one.</summary>
public readonly record struct CanonicalEmail
{
    private CanonicalEmail(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;
}

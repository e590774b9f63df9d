namespace AuthCluster.Emails;

/// <summary>What at most one account is found by: a canonical address or user name. An address has an <c>@</c> and a user name none, so the two never meet.</summary>
public readonly record struct LoginName
{
    private LoginName(string value) => Value = value;

    public string Value { get; }

    public bool IsAddress => Value.Contains('@', StringComparison.Ordinal);

    public static implicit operator LoginName(CanonicalEmail email) => new(email.Value);

    public static implicit operator LoginName(CanonicalUsername username) => new(username.Value);

    /// <summary>What lists of accounts are in the order of: the address, or the user name of an account that has none.</summary>
    public static string? Listed(string? email, string? username)
    {
        if (CanonicalEmail.TryParse(email, out var address))
            return address.Value;
        return CanonicalUsername.TryParse(username, out var name) ? name.Value : null;
    }

    public override string ToString() => Value;
}

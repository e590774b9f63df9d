namespace AuthCluster.Passwords.Formats;

/// <summary>A password hash as it is stored, of any kind that this server can check.</summary>
internal abstract class StoredHash
{
    /// <summary>Each kind by what it begins with: two of our own, then those that other systems made.</summary>
    private static readonly (string Prefix, Func<string, StoredHash> Parse)[] Kinds =
    [
        (Argon2Hash.Prefix, Argon2Hash.Parse),
        (Pbkdf2Hash.Prefix, Pbkdf2Hash.Parse),
        (DjangoPbkdf2Hash.Sha256Prefix, DjangoPbkdf2Hash.ParseSha256),
        (DjangoPbkdf2Hash.Sha1Prefix, DjangoPbkdf2Hash.ParseSha1),
        (DjangoArgon2Hash.Prefix, DjangoArgon2Hash.Parse),
        (DjangoBcryptHash.Prefix, DjangoBcryptHash.Parse),
        (DjangoBcryptHash.Sha256Prefix, DjangoBcryptHash.ParseSha256),
        (DjangoScryptHash.Prefix, DjangoScryptHash.Parse),
        ("$2a$", BcryptHash.Parse),
        ("$2b$", BcryptHash.Parse),
        ("$2y$", BcryptHash.Parse),
        (IdentityHash.Prefix, IdentityHash.Parse),
        (KeycloakHash.Prefix, KeycloakHash.Parse),
        (FirebaseHash.Prefix, FirebaseHash.Parse),
    ];

    /// <summary>Whether it was made of the normalized password. Other systems hash what was typed, and so it is compared with what is typed.</summary>
    public virtual bool IsOfNormalized => false;

    /// <exception cref="FormatException">The hash is damaged, of a kind this server does not know, or costs more than any in use.</exception>
    public static StoredHash Parse(string stored)
    {
        foreach (var (prefix, parse) in Kinds)
        {
            if (stored.StartsWith(prefix, StringComparison.Ordinal))
                return parse(stored);
        }

        throw new FormatException("A stored password hash is of an unknown kind.");
    }

    public abstract bool Matches(ReadOnlySpan<byte> password);

    protected static FormatException Damaged() => new("A stored password hash is damaged.");
}

namespace AuthCluster.Passwords.Formats;

/// <summary>Django's Argon2PasswordHasher: <c>argon2$argon2id$v=19$m=102400,t=2,p=8$salt$hash</c>.</summary>
internal sealed class DjangoArgon2Hash(Argon2Hash hash) : StoredHash
{
    public const string Prefix = "argon2$";

    public static new StoredHash Parse(string stored) => new DjangoArgon2Hash(Argon2Hash.Parse(stored[(Prefix.Length - 1)..]));

    public override bool Matches(ReadOnlySpan<byte> password) => hash.Matches(password);
}

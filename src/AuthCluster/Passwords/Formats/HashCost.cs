namespace AuthCluster.Passwords.Formats;

/// <summary>How new hashes are made: the algorithm, and the work that it asks for.</summary>
internal abstract record HashCost
{
    public abstract string Create(ReadOnlySpan<byte> password);

    /// <summary>Random in place of derived: finding a password for it is guessing 256 bits.</summary>
    public abstract string CreateUnmatchable();

    /// <summary>Whether a stored hash is as hard to break as a new one.</summary>
    public abstract bool IsMetBy(StoredHash hash);
}

namespace AuthCluster.Keys;

/// <summary>What became of a rotation.</summary>
public enum KeyRotationResult
{
    Rotated = 0,

    /// <summary>Nothing was rotated: the settings fix the key.</summary>
    KeyIsFixed = 1,

    /// <summary>Nothing was rotated: the ring is full of keys whose tokens still live.</summary>
    RingIsFull = 2,
}

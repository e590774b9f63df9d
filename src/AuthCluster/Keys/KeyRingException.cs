namespace AuthCluster.Keys;

/// <summary>A key in the settings or in the store cannot be used. Stops the start; its message names no key.</summary>
public sealed class KeyRingException(string message, Exception? inner = null) : Exception(message, inner);

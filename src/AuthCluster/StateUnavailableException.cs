namespace AuthCluster;

/// <summary>Stored state is out of reach. The answer is 503: never "invalid", never "valid".</summary>
public sealed class StateUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

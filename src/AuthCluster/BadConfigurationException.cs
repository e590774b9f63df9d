namespace AuthCluster;

/// <summary>The server cannot run as it is set up. The message is for the operator: it names what is wrong, and no secret.</summary>
public sealed class BadConfigurationException(string message, Exception? inner = null) : Exception(message, inner);

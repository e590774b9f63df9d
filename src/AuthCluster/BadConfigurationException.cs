namespace AuthCluster;

/// <summary>The server cannot run as it is set up. The message is for the operator: it names what is wrong, and no secret.</summary>
public class BadConfigurationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The settings themselves are wrong, whatever is stored.</summary>
/// <param name="message">Lists every fault.</param>
public sealed class WrongSettingsException(string message) : BadConfigurationException(message);

namespace AuthCluster.Keys;

/// <summary>Keys as settings and key files hold them.</summary>
internal static class ConfiguredKey
{
    /// <param name="name">What the message calls the key.</param>
    public static byte[] Exactly(int size, string name, string text)
    {
        var key = FromBase64(name, text);
        return key.Length == size ? key : throw new BadConfigurationException($"{name} has {key.Length} bytes; it must have {size}.");
    }

    public static byte[] AtLeast(int size, string name, string text)
    {
        var key = FromBase64(name, text);
        return key.Length >= size ? key : throw new BadConfigurationException($"{name} has {key.Length} bytes; it must have at least {size}.");
    }

    private static byte[] FromBase64(string name, string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            // Without the cause, which could show parts of the key.
            throw new BadConfigurationException($"{name} is not base64.");
        }
    }
}

using AuthCluster.Keys;

namespace AuthCluster.Http.Settings;

/// <summary>The master key where it is not a setting but in a file of its own.</summary>
public static class MasterKeyFile
{
    private const string Setting = "AuthCluster:Keys:MasterFile";

    /// <exception cref="BadConfigurationException">The file cannot be read, or holds no key.</exception>
    public static MasterKey Read(string path)
    {
        try
        {
            return MasterKey.FromBase64(File.ReadAllText(path).Trim(), $"{Setting}: the key in {path}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadConfigurationException($"{Setting}: {path} cannot be read: {fault.Message}", fault);
        }
    }
}

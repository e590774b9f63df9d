using AuthCluster.Keys;

namespace AuthCluster.Http.Settings;

/// <summary>The master key where it is not a setting but in a file of its own.</summary>
public static class MasterKeyFile
{
    private const string Setting = "AuthCluster:Keys:MasterFile";
    private const UnixFileMode ReadByOthers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <exception cref="BadConfigurationException">The file cannot be read, holds no key, or others may put another key into it.</exception>
    public static MasterKey Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            return MayBe(path, WrittenByOthers)
                ? throw new BadConfigurationException($"{Setting}: other users may write to {path}. Take that away: chmod 600.")
                : MasterKey.FromBase64(text, $"{Setting}: the key in {path}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadConfigurationException($"{Setting}: {path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>What is to be warned of. Secrets that an orchestrator mounts are often readable for a group, so that this stops no start.</summary>
    /// <param name="path"><c>null</c> where the key is a setting.</param>
    public static IEnumerable<string> Warnings(string? path) =>
        path is not null && MayBe(path, ReadByOthers) ? [$"{Setting}: other users of this machine may read {path}, and with it unseal every stored key."] : [];

    private static bool MayBe(string path, UnixFileMode mode) => !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & mode) != UnixFileMode.None;
}

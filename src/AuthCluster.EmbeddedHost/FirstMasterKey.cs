using System.Security.Cryptography;
using AuthCluster.EmbeddedHost.Sqlite;
using AuthCluster.Http.Files;
using AuthCluster.Http.Settings;
using AuthCluster.Keys;
using AuthCluster.Options;

namespace AuthCluster.EmbeddedHost;

/// <summary>The master key: from the settings, or from a file that is made at the first start.</summary>
internal static class FirstMasterKey
{
    /// <exception cref="BadConfigurationException">There is a database, and its key is missing.</exception>
    public static MasterKey ReadOrMake(KeyOptions options, DataDirectory directory)
    {
        if (options.Master is { } master)
            return MasterKey.FromBase64(master);
        var path = FileOf(options, directory.Path)!;
        if (!File.Exists(path))
            MakeFor(directory, path);
        return MasterKeyFile.Read(path);
    }

    /// <summary>Where the key is, or will be; <c>null</c> where it is a setting.</summary>
    public static string? FileOf(KeyOptions options, string directory) =>
        options.Master is null ? options.MasterFile ?? Path.Combine(directory, "master.key") : null;

    private static void MakeFor(DataDirectory directory, string path)
    {
        // A new key would open nothing of what is stored, and lie in the way of the right one.
        if (File.Exists(directory.DatabasePath))
            throw new BadConfigurationException($"AuthCluster:Keys:MasterFile: {path} is missing; {directory.DatabasePath} is sealed with it.");
        try
        {
            Make(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadConfigurationException($"AuthCluster:Keys:MasterFile: {path} cannot be made: {fault.Message}", fault);
        }
    }

    // Written aside and moved: a crash in between leaves no half a key.
    private static void Make(string path)
    {
        var written = path + ".new";
        PrivateFile.Create(written);
        using (var file = new StreamWriter(written))
        {
            file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Size)));
            file.Flush();
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(written, path, overwrite: false);
    }
}

using AuthCluster.Http.Settings;
using AuthCluster.Keys;
using AuthCluster.Options;

namespace AuthCluster.OrleansHost.Settings;

/// <summary>The settings of a node, checked.</summary>
internal static class NodeSettings
{
    /// <param name="cluster">Filled in from the section of the cluster.</param>
    /// <exception cref="BadConfigurationException">Settings are wrong; the message lists all faults.</exception>
    public static SettingsResult Read(IConfiguration configuration, NodeOptions cluster)
    {
        var settings = SettingsReader.Read(configuration, (NodeOptions.Section, cluster));
        var keys = settings.Options.Keys;
        if (keys.Master is null && keys.MasterFile is null)
        {
            // The embedded server makes one. Nodes that each made their own could not open each other's keys.
            var fault = new SettingFault("AuthCluster:Keys:Master", "must be given in a cluster, or else Keys:MasterFile; the same for all nodes.");
            settings = settings with { Faults = [.. settings.Faults, fault] };
        }

        return settings.Faults.Count == 0 ? settings : throw new WrongSettingsException(settings.Describe());
    }

    /// <exception cref="BadConfigurationException">There is no key in the file that the settings name.</exception>
    public static MasterKey ReadMasterKey(KeyOptions options) =>
        options.Master is { } master ? MasterKey.FromBase64(master) : MasterKeyFile.Read(options.MasterFile!);
}

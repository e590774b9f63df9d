using AuthCluster.Http.Settings;
using Microsoft.Extensions.Configuration;

namespace AuthCluster.Tests.Settings;

internal static class Given
{
    /// <summary>32 random bytes.</summary>
    public const string Key = "kLvT2ZC4oVrmXn8Q0fHs5wYdE1uJgS7cBzI9aM3xKtA=";

    /// <summary>Reads settings written as <c>Devices:Limit=5</c>, without the prefix that all have.</summary>
    public static SettingsResult Settings(params string[] settings)
    {
        var pairs = settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create("AuthCluster:" + pair[0], (string?)pair[1]));
        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build());
    }
}

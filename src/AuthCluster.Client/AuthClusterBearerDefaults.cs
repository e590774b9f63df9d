namespace AuthCluster.Client;

/// <summary>Names that <c>AddAuthCluster</c> goes by.</summary>
public static class AuthClusterBearerDefaults
{
    /// <summary>The authentication scheme, unless another one is given.</summary>
    public const string AuthenticationScheme = "AuthCluster";

    /// <summary>The meter of the library's metrics.</summary>
    public const string MeterName = "AuthCluster.Client";
}

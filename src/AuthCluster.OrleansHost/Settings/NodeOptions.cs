using System.Net;
using AuthCluster.Options;

namespace AuthCluster.OrleansHost.Settings;

/// <summary><c>AuthCluster:Cluster</c>: what this node is, and where the cluster keeps what it knows.</summary>
internal sealed class NodeOptions : ICheckedSection
{
    public const string Section = "Cluster";

    public NodeRole Role { get; set; } = NodeRole.Silo;

    public ClusterStorageKind Storage { get; set; } = ClusterStorageKind.Localhost;

    /// <summary>Of the storage. A secret.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Azure: the address of the table service, in place of a connection string, where the node has a managed identity.</summary>
    public string? TableServiceUri { get; set; }

    /// <summary>Nodes with the same one are one cluster.</summary>
    public string ClusterId { get; set; } = "authcluster";

    /// <summary>Names what is stored: a new cluster with the same one goes on with the same accounts.</summary>
    public string ServiceId { get; set; } = "authcluster";

    /// <summary>Silos talk to each other here.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Front doors without grains reach a silo here.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Localhost: address and silo port of the first silo, for the others; e.g. <c>127.0.0.1:11111</c>.</summary>
    public string? Primary { get; set; }

    /// <summary>The address at which other nodes reach this one; found out where it is not given.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>How long a node may go by what it last heard of an account or of the keys while it cannot reach them.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    public NodeTlsOptions Tls { get; set; } = new();

    /// <summary>Whether no other machine can reach this node.</summary>
    public bool IsOnThisMachineAlone => IsLocalhost || (AdvertisedIPAddress is { } address && IPAddress.IsLoopback(address));

    public IPEndPoint? PrimaryEndPoint => Primary is null ? null : IPEndPoint.Parse(Primary);

    public IPAddress? AdvertisedIPAddress => AdvertisedAddress is null ? null : IPAddress.Parse(AdvertisedAddress);

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.Between(nameof(SiloPort), SiloPort, 1, IPEndPoint.MaxPort),
        SettingRule.Between(nameof(GatewayPort), GatewayPort, 1, IPEndPoint.MaxPort),
        SettingRule.That(SiloPort != GatewayPort, nameof(GatewayPort), "must not be the same as SiloPort."),
        SettingRule.Between(nameof(Lease), Lease, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
        SettingRule.That(
            Primary is null || (IPEndPoint.TryParse(Primary, out var primary) && primary.Port > 0),
            nameof(Primary),
            "must be an IP address with a port, such as 127.0.0.1:11111."),
        SettingRule.That(Primary is null || IsLocalhost, nameof(Primary), "is for Storage=Localhost: other storages tell nodes of each other."),
        SettingRule.That(
            AdvertisedAddress is null || IPAddress.TryParse(AdvertisedAddress, out _), nameof(AdvertisedAddress), "must be an IP address."),
        SettingRule.SafeUrl(nameof(TableServiceUri), TableServiceUri),
        SettingRule.That(
            TableServiceUri is null || Storage == ClusterStorageKind.AzureStorage, nameof(TableServiceUri), "is for Storage=AzureStorage."),
        CheckConnection(),
    ];

    private bool IsLocalhost => Storage == ClusterStorageKind.Localhost;

    private SettingFault? CheckConnection() => Storage switch
    {
        ClusterStorageKind.Localhost =>
            SettingRule.That(ConnectionString is null, nameof(ConnectionString), "is not for Storage=Localhost, which stores nothing."),
        ClusterStorageKind.PostgreSql =>
            SettingRule.That(ConnectionString is not null, nameof(ConnectionString), "must be given for Storage=PostgreSql."),
        _ => SettingRule.That(
            ConnectionString is null != TableServiceUri is null,
            nameof(ConnectionString),
            "must be given for Storage=AzureStorage, or else TableServiceUri, for a managed identity."),
    };
}

internal enum NodeRole
{
    /// <summary>Front door and grains in one process.</summary>
    Silo,

    /// <summary>A front door without grains: it calls those of the silos.</summary>
    FrontDoor,
}

internal enum ClusterStorageKind
{
    /// <summary>Nodes of one machine; everything is in memory and gone when they stop. For a first look.</summary>
    Localhost,

    /// <summary>Azure Table storage.</summary>
    AzureStorage,

    PostgreSql,
}

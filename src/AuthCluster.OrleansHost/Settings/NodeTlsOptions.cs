using AuthCluster.Options;

namespace AuthCluster.OrleansHost.Settings;

/// <summary><c>AuthCluster:Cluster:Tls</c>: PEM files by which nodes prove to each other that they belong together.</summary>
internal sealed class NodeTlsOptions : ICheckedSection
{
    /// <summary>The node's certificate, for both sides of a connection, and those between it and the authority.</summary>
    public string? Certificate { get; set; }

    public string? Key { get; set; }

    /// <summary>Whose certificates nodes have: whoever holds one is a node.</summary>
    public string? Authority { get; set; }

    public bool IsOn => Certificate is not null;

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.That(Certificate is not null || (Key is null && Authority is null), nameof(Certificate), "must be given with Key and Authority."),
        SettingRule.That(Certificate is null || Key is not null, nameof(Key), "must be given with Certificate."),
        SettingRule.That(Certificate is null || Authority is not null, nameof(Authority), "must be given with Certificate."),
    ];
}

using AuthCluster.OrleansHost.Settings;
using Orleans.Connections.Security;

namespace AuthCluster.OrleansHost.Tls;

/// <summary>Nodes talk over TLS, both sides with a certificate of the cluster's authority: whoever reaches a silo's port is believed nothing else.</summary>
internal static class NodeTls
{
    public static void UseNodeTls(this ISiloBuilder silo, NodeTlsOptions files)
    {
        if (files.IsOn)
            silo.UseTls(tls => Apply(tls, NodeCertificates.Read(files, TimeProvider.System)));
    }

    public static void UseNodeTls(this IClientBuilder client, NodeTlsOptions files)
    {
        if (files.IsOn)
            client.UseTls(tls => Apply(tls, NodeCertificates.Read(files, TimeProvider.System)));
    }

    /// <summary>What is to be warned of.</summary>
    public static IEnumerable<string> Warnings(NodeOptions cluster) => cluster.Tls.IsOn || cluster.IsOnThisMachineAlone
        ? []
        : ["AuthCluster:Cluster:Tls: nodes talk without TLS, so that whoever reaches their ports can say anything. `cluster cert` makes certificates."];

    private static void Apply(TlsOptions tls, NodeCertificates certificates)
    {
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        // The library asks for one beforehand, and goes by the selectors then.
        tls.LocalCertificate = certificates.Own;
        tls.LocalServerCertificateSelector = (_, _) => certificates.Own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own;
        tls.RemoteCertificateValidation = (certificate, chain, _) => certificates.IsTrusted(certificate, chain?.ChainPolicy.ExtraStore ?? []);
        // Nobody looks at the name, but the protocol wants one.
        tls.OnAuthenticateAsClient = (_, options) => options.TargetHost = "authcluster";
    }
}

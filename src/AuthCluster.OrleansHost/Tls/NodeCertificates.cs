using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthCluster.OrleansHost.Settings;

namespace AuthCluster.OrleansHost.Tls;

/// <summary>
/// The certificate of this node and the authority of the cluster, as their files say now: a renewed file counts from the next connection on. While a file
/// cannot be read, or belongs to no other, what was read before goes on.
/// </summary>
internal sealed class NodeCertificates
{
    // Strangers can begin handshakes as fast as they like.
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(1);

    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly NodeTlsOptions _files;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Loaded _loaded;
    private long _readAt;

    private NodeCertificates(NodeTlsOptions files, Loaded loaded, TimeProvider time) =>
        (_files, _loaded, _time, _readAt) = (files, loaded, time, time.GetTimestamp());

    /// <summary>The certificate to show to other nodes.</summary>
    public X509Certificate2 Own => Current().Certificate;

    /// <exception cref="BadConfigurationException">A file is missing or wrong, or the certificate is not of the authority or not valid now.</exception>
    public static NodeCertificates Read(NodeTlsOptions files, TimeProvider time)
    {
        try
        {
            var read = new NodeCertificates(files, Load(files), time);
            return read.IsTrusted(read._loaded.Certificate, [])
                ? read
                : throw new BadConfigurationException(
                    $"AuthCluster:Cluster:Tls: the certificate in {files.Certificate} is not valid now, not of the authority in {files.Authority}, or not for both server and client.");
        }
        catch (Exception fault) when (IsOfFiles(fault))
        {
            throw new BadConfigurationException($"AuthCluster:Cluster:Tls: the certificates cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Whether a certificate is of a node of this cluster. Its name does not matter: nodes come and go, and have addresses of all kinds.</summary>
    /// <param name="sent">What the other side sent along.</param>
    public bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection sent)
    {
        var loaded = Current();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(loaded.Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(loaded.Intermediates);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Nodes are both, so that the certificate of a mere web server of the same authority is none of a node.
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        return chain.Build(certificate);
    }

    private Loaded Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_readAt) < ReadAgainAfter)
                return _loaded;
            _readAt = _time.GetTimestamp();
            try
            {
                _loaded = Load(_files);
            }
            catch (Exception fault) when (IsOfFiles(fault))
            {
                // Files are replaced one after the other; the next connection finds the whole.
            }

            return _loaded;
        }
    }

    /// <summary>A key of another certificate is an <see cref="ArgumentException"/>.</summary>
    private static bool IsOfFiles(Exception fault) => fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private static Loaded Load(NodeTlsOptions files)
    {
        using var read = X509Certificate2.CreateFromPemFile(files.Certificate!, files.Key);
        // TLS of Windows takes no key that is in memory alone.
        var certificate = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null);
        var (chain, authority) = (new X509Certificate2Collection(), new X509Certificate2Collection());
        chain.ImportFromPemFile(files.Certificate!);
        authority.ImportFromPemFile(files.Authority!);
        if (authority.Count == 0)
            throw new CryptographicException($"{files.Authority} holds no certificate.");
        return new Loaded(certificate, authority, chain);
    }

    private sealed record Loaded(X509Certificate2 Certificate, X509Certificate2Collection Authorities, X509Certificate2Collection Intermediates);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthCluster.Http.Files;

namespace AuthCluster.OrleansHost.Tls;

/// <summary>An authority for the nodes of one cluster, in PEM files: <c>authority.pem</c> and <c>authority.key</c>.</summary>
internal sealed class CertificateAuthority(string directory, TimeProvider time)
{
    public const string CertificateFile = "authority.pem";
    public const string KeyFile = "authority.key";

    private const int AuthorityDays = 3650;

    private static readonly OidCollection NodeUses = [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];

    private string CertificatePath => Path.Combine(directory, CertificateFile);

    private string KeyPath => Path.Combine(directory, KeyFile);

    /// <summary>Makes the authority where there is none; whether it did.</summary>
    /// <exception cref="BadConfigurationException">One of its two files is missing.</exception>
    public bool Ensure()
    {
        if (File.Exists(CertificatePath) && File.Exists(KeyPath))
            return false;
        if (File.Exists(CertificatePath) || File.Exists(KeyPath))
            throw new BadConfigurationException($"{directory} has one of {CertificateFile} and {KeyFile}, and not the other.");
        Directory.CreateDirectory(directory);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=AuthCluster node authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(Start, time.GetUtcNow().AddDays(AuthorityDays));
        Write(KeyPath, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem());
        return true;
    }

    /// <summary>Makes <c>NAME.pem</c> and <c>NAME.key</c>, or renews them.</summary>
    public void Issue(string name, int days)
    {
        using var authority = X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(NodeUses, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var end = time.GetUtcNow().AddDays(days);
        var last = new DateTimeOffset(authority.NotAfter, TimeZoneInfo.Local.GetUtcOffset(authority.NotAfter));
        using var certificate = request.Create(authority, Start, end < last ? end : last, RandomNumberGenerator.GetBytes(16));
        Write(Path.Combine(directory, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(directory, $"{name}.pem"), certificate.ExportCertificatePem());
    }

    // Clocks of nodes differ.
    private DateTimeOffset Start => time.GetUtcNow().AddMinutes(-5);

    private static void Write(string path, string pem)
    {
        PrivateFile.Create(path);
        File.WriteAllText(path, pem);
    }
}

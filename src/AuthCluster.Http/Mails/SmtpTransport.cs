using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AuthCluster.Http.Settings;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AuthCluster.Http.Mails;

/// <summary>Hands mails to a server, by TLS from the first byte (port 465, RFC 8314) or from STARTTLS on; without either only on this machine.</summary>
internal sealed class SmtpTransport(SmtpOptions options) : IMailTransport
{
    private const int ImplicitTlsPort = 465;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly X509Certificate2Collection? _authority = Authority(options.Authority);

    private SecureSocketOptions Security => options.Port == ImplicitTlsPort || options.Tls == SmtpTls.Implicit ? SecureSocketOptions.SslOnConnect
        : options.Tls == SmtpTls.None || IsThisMachine ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;

    private bool IsThisMachine => options.Host == "localhost" || (IPAddress.TryParse(options.Host, out var address) && IPAddress.IsLoopback(address));

    public async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        if (_authority is not null)
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        await client.ConnectAsync(options.Host!, options.Port, Security, late.Token);
        if (options.User is { } user)
            await client.AuthenticateAsync(user, options.Password!, late.Token);
        try
        {
            await client.SendAsync(mail, late.Token);
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode >= 500)
        {
            // RFC 5321 section 4.2.1: a reply of this kind is final. Its text may name the address.
            throw new MailRefusedException($"The mail server refuses it with {(int)refused.StatusCode}.", refused);
        }

        await client.DisconnectAsync(quit: true, late.Token);
    }

    private static X509Certificate2Collection? Authority(string? path)
    {
        if (path is null)
            return null;
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates;
    }

    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority!);
        // Authorities of one's own seldom publish what they revoked.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var presented = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(presented);
    }
}

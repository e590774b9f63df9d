using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace AuthCluster.Tests.Mails;

/// <summary>A mail server on a free port of this machine, with a certificate of an authority of its own. It refuses mails to nobody@.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private MailSink(int port, bool isImplicit, X509Certificate2 certificate)
    {
        Port = port;
        var options = new SmtpServerOptionsBuilder()
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).IsSecure(isImplicit).Certificate(certificate))
            .Build();
        var services = new ServiceProvider();
        services.Add(new Store(Received));
        services.Add(new Doorman());
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
    }

    public int Port { get; }

    public ConcurrentQueue<MimeMessage> Received { get; } = new();

    public static MailSink Start(Authority authority, bool isImplicit = false, int? port = null) =>
        new(port ?? FreePort(), isImplicit, authority.Certificate);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _running.Wait(TimeSpan.FromSeconds(10));
        _stop.Dispose();
    }

    private sealed class Store(ConcurrentQueue<MimeMessage> received) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var bytes = new MemoryStream(buffer.ToArray());
            received.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
            return SmtpResponse.Ok;
        }
    }

    private sealed class Doorman : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(
            ISessionContext context, SmtpServer.Mail.IMailbox to, SmtpServer.Mail.IMailbox from, CancellationToken cancellationToken) => Task.FromResult(to.User != "nobody");
    }
}

/// <summary>An authority that signed a certificate for localhost.</summary>
internal sealed class Authority : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly X509Certificate2 _root;

    public Authority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=An authority of tests", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        _root = root.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leaf.CertificateExtensions.Add(names.Build());
        using var signed = leaf.Create(_root, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        // SslStream takes no key that lives in memory alone on every system.
        Certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
        File.WriteAllText(_file, _root.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    public string PemFile => _file;

    public void Dispose()
    {
        Certificate.Dispose();
        _root.Dispose();
        File.Delete(_file);
    }
}

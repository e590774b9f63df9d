using System.Net.Sockets;
using AuthCluster.Http.Mails;
using AuthCluster.Http.Settings;
using MailKit.Security;
using MimeKit;
using Xunit;

namespace AuthCluster.Tests.Mails;

/// <summary>Against a real server in this process.</summary>
public sealed class SmtpTransportTests : IDisposable
{
    private readonly Authority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mails_go_by_STARTTLS_or_by_TLS_from_the_first_byte(bool isImplicit)
    {
        using var sink = MailSink.Start(_authority, isImplicit);

        await TransportTo(sink.Port, isImplicit).SendAsync(MailTo("ada@example.com"), CancellationToken.None);

        Assert.Equal("Greetings", Assert.Single(sink.Received).Subject);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_certificate_of_an_unknown_authority_is_not_taken(bool isImplicit)
    {
        using var others = new Authority();
        using var sink = MailSink.Start(others, isImplicit);

        await Assert.ThrowsAsync<SslHandshakeException>(() => TransportTo(sink.Port, isImplicit).SendAsync(MailTo("ada@example.com"), CancellationToken.None));

        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task A_refused_recipient_is_refused_for_good_and_the_reason_names_no_address()
    {
        using var sink = MailSink.Start(_authority);

        var refused = await Assert.ThrowsAsync<MailRefusedException>(
            () => TransportTo(sink.Port).SendAsync(MailTo("nobody@example.com"), CancellationToken.None));

        Assert.DoesNotContain("nobody", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_away_is_no_refusal_and_takes_the_mail_when_it_is_back()
    {
        var port = MailSink.FreePort();
        var transport = TransportTo(port);
        await Assert.ThrowsAsync<SocketException>(() => transport.SendAsync(MailTo("ada@example.com"), CancellationToken.None));

        using var sink = MailSink.Start(_authority, port: port);
        await transport.SendAsync(MailTo("ada@example.com"), CancellationToken.None);

        Assert.Single(sink.Received);
    }

    private static MimeMessage MailTo(string address) => new(
        [MailboxAddress.Parse("no-reply@example.com")], [MailboxAddress.Parse(address)], "Greetings", new TextPart("plain") { Text = "Hello." });

    private SmtpTransport TransportTo(int port, bool isImplicit = false) => new(new SmtpOptions
    {
        Host = "localhost",
        Port = port,
        Tls = isImplicit ? SmtpTls.Implicit : SmtpTls.StartTls,
        Authority = _authority.PemFile,
    });
}

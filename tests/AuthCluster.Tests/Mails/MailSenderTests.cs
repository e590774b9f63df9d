using System.Collections.Concurrent;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Http.Mails;
using AuthCluster.Http.Settings;
using AuthCluster.Tests.Hosting;
using AuthCluster.Tests.Logins;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Xunit;

namespace AuthCluster.Tests.Mails;

public sealed class MailSenderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Roster _roster;
    private readonly FakeHost _host;
    private readonly Transport _transport = new();
    private readonly MailSender _sender;
    private readonly Guid _account = Guid.NewGuid();

    public MailSenderTests()
    {
        _host = new FakeHost(_time, new AccountRules { ConfirmEmail = true });
        _roster = new Roster(_account);
        var options = new AuthClusterOptions { PublicUrl = "https://id.example.com/auth/" };
        var address = new PublicAddress(options, new NoServer());
        var writer = new MailWriter(new MailTemplates(options), new LinkTokens(Tokens.Deployment.Master), options, address);
        _sender = new MailSender(_roster, _host, writer, _transport, new Lifetime(), _time, NullLogger<MailSender>.Instance);
    }

    public void Dispose() => _sender.Dispose();

    [Fact]
    public async Task A_mail_that_was_handed_over_waits_no_longer()
    {
        await RegisterAsync();

        await _sender.SendDueAsync(CancellationToken.None);
        await _sender.SendDueAsync(CancellationToken.None);

        var mail = Assert.Single(_transport.Sent);
        Assert.Equal("Confirm your e-mail address", mail.Subject);
        Assert.Contains("https://id.example.com/auth/verify#token=", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://id.example.com/auth/verify#token=", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Empty(_host.Stored(_account).Mails);
        Assert.Null(_roster.Again);
    }

    [Fact]
    public async Task One_that_cannot_be_handed_over_is_tried_again_with_growing_pauses()
    {
        await RegisterAsync();
        _transport.Fault = new IOException("No route.");
        foreach (var seconds in new[] { 5, 10, 20, 40 })
        {
            await _sender.SendDueAsync(CancellationToken.None);
            Assert.Equal(TimeSpan.FromSeconds(seconds), _roster.Again - _time.GetUtcNow());
        }

        _transport.Fault = null;
        await _sender.SendDueAsync(CancellationToken.None);
        Assert.Single(_transport.Sent);
    }

    [Fact]
    public async Task One_that_is_refused_for_good_or_whose_link_is_over_is_given_up()
    {
        await RegisterAsync();
        _transport.Fault = new MailRefusedException("550.", new IOException());
        await _sender.SendDueAsync(CancellationToken.None);
        Assert.Empty(_host.Stored(_account).Mails);

        _transport.Fault = null;
        _time.Advance(TimeSpan.FromHours(1));
        await _host.For(_account).PerformAsync(new RequestVerification(default));
        _time.Advance(TimeSpan.FromDays(2));
        await _sender.SendDueAsync(CancellationToken.None);
        Assert.Empty(_transport.Sent);
        Assert.Empty(_host.Stored(_account).Mails);
    }

    [Fact]
    public void The_longest_pause_is_six_hours() => Assert.Equal(TimeSpan.FromHours(6), MailSender.PauseAfter(1000));

    private async Task RegisterAsync()
    {
        var outcome = await _host.For(_account).PerformAsync(new Register(_account, "ada@example.com", "hash", default));
        Assert.Null(outcome.Refusal);
    }

    private sealed class Transport : IMailTransport
    {
        public ConcurrentQueue<MimeMessage> Sent { get; } = new();

        public Exception? Fault { get; set; }

        public Task SendAsync(MimeMessage mail, CancellationToken cancellationToken)
        {
            if (Fault is not null)
                return Task.FromException(Fault);
            Sent.Enqueue(mail);
            return Task.CompletedTask;
        }
    }

    /// <summary>The account is always due.</summary>
    private sealed class Roster(Guid account) : IWaitingMails
    {
        public DateTimeOffset? Again { get; private set; }

        public Task<IReadOnlyList<MailTurn>> TakeDueAsync(int limit) => Task.FromResult<IReadOnlyList<MailTurn>>([new MailTurn(account, 1)]);

        public Task SettleAsync(MailTurn turn, DateTimeOffset? again)
        {
            Again = again;
            return Task.CompletedTask;
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => new(canceled: true);

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}

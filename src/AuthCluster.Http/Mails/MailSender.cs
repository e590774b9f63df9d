using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Mails;

/// <summary>
/// Sends what waits, again and again with growing pauses, until it was handed over, its link is over, or it is refused for good. A mail may go out twice
/// where the server stops between the two; it never gets lost.
/// </summary>
internal sealed partial class MailSender(
    IWaitingMails waiting,
    IAccounts accounts,
    MailWriter writer,
    IMailTransport transport,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<MailSender> logger) : BackgroundService
{
    /// <summary>Accounts of a round: even where each of their mails waits for a server that stands still, the round is over within their turn.</summary>
    private const int AtATime = 32;

    /// <summary>Mails on their way to the server at the same time.</summary>
    private const int Connections = 16;

    /// <summary>Tries over three days.</summary>
    private const int TryLimit = 20;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RoundAfterFault = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>How long until a mail that was tried so often in vain is tried again.</summary>
    internal static TimeSpan PauseAfter(int tries)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(tries, 20) - 1);
        return pause < LongestPause ? pause : LongestPause;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Before that, a front door may have no cluster to ask.
            if (!lifetime.ApplicationStarted.IsCancellationRequested)
                continue;
            try
            {
                timer.Period = Round;
                await SendDueAsync(stoppingToken);
            }
            catch (StateUnavailableException)
            {
                // What waits is stored; the next round finds it.
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The host would stop with its sender.
                LogFault(fault);
                timer.Period = RoundAfterFault;
            }
        }
    }

    /// <summary>One round.</summary>
    internal async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var turns = await waiting.TakeDueAsync(AtATime);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(turns, parallel, async (turn, _) => await waiting.SettleAsync(turn, await SendAllAsync(turn.AccountId, cancellationToken)));
    }

    /// <returns>When the account's next mail is due; <c>null</c> where none waits.</returns>
    private async Task<DateTimeOffset?> SendAllAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var account = accounts.For(accountId);
        var mails = await account.PerformAsync(new ViewMails());
        DateTimeOffset? again = null;
        var begun = time.GetTimestamp();
        foreach (var mail in mails.Result)
        {
            // Past the turn another node is handed the account, and would send what this one is about to.
            if (time.GetElapsedTime(begun) > MailTurn.Patience / 2)
                return time.GetUtcNow();
            if (await TrySendAsync(accountId, mail, cancellationToken))
            {
                await account.PerformAsync(new SettleMail(mail.Id, IsDone: true));
                continue;
            }

            await account.PerformAsync(new SettleMail(mail.Id, IsDone: false));
            var due = time.GetUtcNow() + PauseAfter(mail.Tries + 1);
            again = again is null || due < again ? due : again;
        }

        return again;
    }

    /// <summary>Whether it needs no other try.</summary>
    private async Task<bool> TrySendAsync(Guid accountId, WaitingMail mail, CancellationToken cancellationToken)
    {
        if (mail.Code is { } code && code.Expires <= time.GetUtcNow())
            return true;
        try
        {
            await transport.SendAsync(await writer.WriteAsync(accountId, mail), cancellationToken);
            return true;
        }
        catch (MailRefusedException refused)
        {
            LogRefused(mail.Kind, refused.Message);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Mail servers fail in every way there is. No fault of theirs may end the sender.
            var isLast = mail.Tries + 1 >= TryLimit;
            LogPutOff(mail.Kind, mail.Tries + 1, isLast ? "given up" : "tried again later", fault.Message);
            return isLast;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mails cannot be sent now; trying again in a minute")]
    private partial void LogFault(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail ({Kind}) is given up. {Reason}")]
    private partial void LogRefused(MailKind kind, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail ({Kind}) could not be handed over, try {Try}; {What}. {Reason}")]
    private partial void LogPutOff(MailKind kind, int @try, string what, string reason);
}

using AuthCluster.Accounts;
using AuthCluster.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Bearer;

/// <summary>Logs tokens that came from elsewhere than they were handed to.</summary>
internal sealed partial class MismatchLog(TokenCheck check, ILogger<MismatchLog> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        check.BindingMismatched += Log;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        check.BindingMismatched -= Log;
        return Task.CompletedTask;
    }

    private void Log(Standing standing, SessionStanding session) => LogMismatch(standing.AccountId, session.Id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A token of account {Account}, session {Session}, came from another address or device")]
    private partial void LogMismatch(Guid account, Guid session);
}

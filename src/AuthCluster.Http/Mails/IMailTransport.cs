using MimeKit;

namespace AuthCluster.Http.Mails;

/// <summary>Where mails go: a server, or a directory.</summary>
internal interface IMailTransport
{
    /// <summary>The mail is theirs when this completes.</summary>
    /// <exception cref="MailRefusedException">It never will be: the recipient or the mail is refused for good.</exception>
    /// <exception cref="Exception">Not now.</exception>
    Task SendAsync(MimeMessage mail, CancellationToken cancellationToken);
}

/// <summary>A mail that another try does not help. The message names no address.</summary>
internal sealed class MailRefusedException(string message, Exception inner) : Exception(message, inner);

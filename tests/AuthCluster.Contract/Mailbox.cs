using System.Text.RegularExpressions;
using MimeKit;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>The mails that servers write into a directory.</summary>
public sealed class Mailbox(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The setting that makes a server write there.</summary>
    public string Setting => $"Mail:Directory={path}";

    /// <summary>The newest mail to the address with this in its subject, once it is there.</summary>
    public async Task<Mail> ReadAsync(string email, string subject, int count = 1)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            var mails = To(email).Where(mail => mail.Subject.Contains(subject, StringComparison.Ordinal)).ToList();
            if (mails.Count >= count)
                return mails[^1];
            await Task.Delay(Pause);
        }

        Assert.Fail($"No mail \"{subject}\" came to {email}. There are: {string.Join(", ", To(email).Select(mail => mail.Subject))}");
        throw new InvalidOperationException();
    }

    /// <summary>All of them, in the order of time.</summary>
    public IReadOnlyList<Mail> To(string email) => !Directory.Exists(path) ? [] :
    [
        .. Directory.GetFiles(path, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))
            .Where(message => message.To.Mailboxes.Single().Address == email).Select(message => new Mail(message)),
    ];
}

/// <summary>One mail, as its reader sees it.</summary>
public sealed partial class Mail(MimeMessage message)
{
    public string Subject => message.Subject ?? "";

    public string Text => message.TextBody ?? "";

    public string Html => message.HtmlBody ?? "";

    /// <summary>The address of its only link.</summary>
    public Uri Link => new(AnyLink().Match(Text).Value);

    /// <summary>What the page behind the link would post.</summary>
    public string Token => Link.Fragment["#token=".Length..];

    [GeneratedRegex(@"https?://\S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyLink();
}

using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>When mails of one sort went out lately: what a client can cause is at most one a minute and five an hour.</summary>
public readonly record struct MailTimes(ImmutableArray<DateTimeOffset> Times)
{
    public const int AnHour = 5;

    public static readonly MailTimes None = new([]);

    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>With one more now; <c>null</c> where that would be too many.</summary>
    public MailTimes? With(DateTimeOffset now)
    {
        var recent = Times.RemoveAll(time => now - time >= Window);
        return recent.Length >= AnHour || (recent.Length > 0 && now - recent[^1] < Gap) ? null : new MailTimes(recent.Add(now));
    }
}

/// <summary>When a notice of this kind was mailed.</summary>
public readonly record struct NoticeTime(MailKind Kind, DateTimeOffset At);

using System.Globalization;

namespace AuthCluster.EmbeddedHost.Sqlite;

/// <summary>
/// A row of the feed, by its sequence and its time. A database that was restored gives sequences again, to other rows: the time tells them apart.
/// </summary>
/// <param name="Time">Unix milliseconds.</param>
internal sealed record FeedPlace(long Sequence, long Time)
{
    /// <summary>Before the first row.</summary>
    public static readonly FeedPlace Start = new(0, 0);

    public static FeedPlace Of(long sequence, RevocationNotice notice) => new(sequence, notice.Revocation.Time.ToUnixTimeMilliseconds());

    public static FeedPlace? TryParse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? new FeedPlace(sequence, time)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{Time}");
}

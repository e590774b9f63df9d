using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AuthCluster.OrleansHost.Feed;

/// <summary>
/// A place in all logs: how far each one was read that is not over, and the newest log that was known. Logs before that one which are not named were
/// read to their end; later ones were not begun.
/// </summary>
/// <param name="Newest">The number of the newest log; 0 where there was none.</param>
/// <param name="Tag">The tag of that log.</param>
/// <param name="Read">For each log the number of the last notice that was read.</param>
internal sealed record FeedPosition(long Newest, string Tag, ImmutableSortedDictionary<long, long> Read)
{
    /// <summary>More logs than that are not open at once.</summary>
    private const int LogLimit = 1000;

    public static FeedPosition? TryParse(string text)
    {
        var parts = text.Split('~');
        if (parts.Length > LogLimit || parts[0].Split('.') is not [var newest, var tag] || !TryNumber(newest, out var number))
            return null;
        var read = ImmutableSortedDictionary.CreateBuilder<long, long>();
        foreach (var part in parts.Skip(1))
        {
            if (part.Split('.') is not [var log, var last] || !TryNumber(log, out var logNumber) || !TryNumber(last, out var lastNumber))
                return null;
            read[logNumber] = lastNumber;
        }

        return new FeedPosition(number, tag, read.ToImmutable());
    }

    /// <summary>The number of the last notice of this log that was read.</summary>
    public long After(FeedLog log)
    {
        if (Read.TryGetValue(log.Number, out var last))
            return last;
        return log.Number > Newest || log.End is not { } end ? 0 : end;
    }

    /// <summary>Whether what comes next is still known.</summary>
    public bool IsKnown(FeedLogsRecord logs) =>
        (Newest == 0 || logs.Logs.Any(log => log.Number == Newest && log.Tag == Tag))
        && Read.Keys.All(number => logs.Logs.Any(log => log.Number == number))
        && logs.Logs.All(log => After(log) + 1 >= log.First && !(After(log) > log.End));

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Newest}.{Tag}");
        foreach (var (log, last) in Read)
            text.Append(CultureInfo.InvariantCulture, $"~{log}.{last}");
        return text.ToString();
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

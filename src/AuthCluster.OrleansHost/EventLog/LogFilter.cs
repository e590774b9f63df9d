using AuthCluster.Emails;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>Which entries a query asks for, and in which order.</summary>
internal sealed class LogFilter(ActivityQuery query)
{
    public bool Matches(LoggedActivity activity) =>
        (query.AccountId is null || query.AccountId == activity.AccountId)
        && (query.BeforeSequence is not { } sequence || activity.Sequence < sequence)
        && (query.BeforeNumber is not { } number || activity.Entry.Number < number)
        && (query.Since is not { } since || activity.Entry.Time >= since)
        && (query.Succeeded is null || query.Succeeded == activity.Entry.Succeeded)
        && (query.Address is null || query.Address == activity.Entry.Address)
        && (query.Email is null || (CanonicalEmail.TryParse(activity.Entry.Email, out var email) && email.Value == query.Email));

    /// <summary>
    /// Whether every number that is asked for was found. The numbers of an account begin at 1 and have no gaps, while entries may come to the
    /// log in any order, so this alone tells that nothing is left to find.
    /// </summary>
    public bool IsComplete(IEnumerable<LoggedActivity> found)
    {
        if (query.AccountId is null || query.BeforeNumber is not { } before)
            return false;
        var wanted = Math.Min(query.Limit, before - 1);
        return found.Select(activity => activity.Entry.Number).Where(number => number >= before - wanted).Distinct().LongCount() == wanted;
    }

    /// <summary>False where none of a segment can match.</summary>
    public bool MayMatch(LogSegmentRange range) =>
        (query.BeforeSequence is not { } sequence || range.Oldest < sequence)
        && (query.Since is not { } since || LogSequence.TimeOf(range.Newest).AddMilliseconds(1) > since);

    /// <summary>As many as were asked for. Within one account numbers tell the order even where clocks do not.</summary>
    public IReadOnlyList<LoggedActivity> Newest(IEnumerable<LoggedActivity> found) =>
    [
        .. found
            .OrderByDescending(activity => query.AccountId is null ? activity.Sequence : activity.Entry.Number)
            .ThenByDescending(activity => activity.Sequence)
            .Take(query.Limit),
    ];
}

using AuthCluster.Emails;

namespace AuthCluster.OrleansHost.EventLog;

/// <summary>Which entries a query asks for.</summary>
internal sealed class LogFilter(ActivityQuery query)
{
    private readonly ushort? _email = query.Email is { } email ? LogKeys.OfEmail(email) : null;
    private readonly ushort? _address = query.Address is { } address ? LogKeys.OfAddress(address) : null;

    public bool Matches(LoggedActivity activity) =>
        (query.BeforeSequence is not { } sequence || activity.Sequence < sequence)
        && (query.Since is not { } since || activity.Entry.Time >= since)
        && (query.Succeeded is null || query.Succeeded == activity.Entry.Succeeded)
        && (query.Address is null || query.Address == activity.Entry.Address)
        && (query.Email is null || (CanonicalEmail.TryParse(activity.Entry.Email, out var email) && email.Value == query.Email));

    /// <summary>False where none of a segment can match.</summary>
    public bool MayMatch(LogSegmentRange segment) =>
        MayMatch(segment.Oldest, segment.Newest)
        && (_email is not { } email || LogKeys.Has(segment.Keys, email))
        && (_address is not { } address || LogKeys.Has(segment.Keys, address));

    /// <summary>False where nothing between these places of the log can match.</summary>
    public bool MayMatch(long oldest, long newest) =>
        (query.BeforeSequence is not { } sequence || oldest < sequence)
        && (query.Since is not { } since || LogSequence.TimeOf(newest).AddMilliseconds(1) > since);
}

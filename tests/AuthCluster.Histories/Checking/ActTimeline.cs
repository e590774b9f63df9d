using System.Runtime.InteropServices;

namespace AuthCluster.Histories.Checking;

/// <summary>
/// Acts that do the same thing to the same user, ordered by their start, so that "which began after" and "which began before" are answered
/// by one binary search each. Each act may spare one subject (a session, or what the act itself handed out), named by a number.
/// </summary>
internal sealed class ActTimeline
{
    public const int Nobody = -1;

    private readonly List<Act> _acts = [];
    private Extreme[]? _earliestEndFrom;
    private Extreme[]? _latestEndUntil;

    public void Add(long start, long end, int spares = Nobody)
    {
        _acts.Add(new Act(start, end, spares));
        _earliestEndFrom = null;
    }

    /// <summary>When the first act was over that began at <paramref name="start"/> or later and does not spare the subject.</summary>
    public long EarliestEndFrom(long start, int subject = Nobody)
    {
        Arrange();
        return -_earliestEndFrom![CountBefore(start)].Of(subject, none: -long.MaxValue);
    }

    /// <summary>Whether an act that does not spare the subject began before one time and was not over at the other.</summary>
    public bool MayFallInto(long since, long until, int subject = Nobody)
    {
        Arrange();
        return _latestEndUntil![CountBefore(until)].Of(subject, none: long.MinValue) > since;
    }

    private void Arrange()
    {
        if (_earliestEndFrom is not null)
            return;
        _acts.Sort((a, b) => a.Start.CompareTo(b.Start));
        _earliestEndFrom = new Extreme[_acts.Count + 1];
        _latestEndUntil = new Extreme[_acts.Count + 1];
        for (var i = 0; i < _acts.Count; i++)
            _latestEndUntil[i + 1] = _latestEndUntil[i].With(_acts[i].End, _acts[i].Spares);
        for (var i = _acts.Count - 1; i >= 0; i--)
            _earliestEndFrom[i] = _earliestEndFrom[i + 1].With(-_acts[i].End, _acts[i].Spares);
    }

    private int CountBefore(long start)
    {
        var acts = CollectionsMarshal.AsSpan(_acts);
        var (low, high) = (0, acts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (acts[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private readonly record struct Act(long Start, long End, int Spares);

    /// <summary>The largest value, and the largest of those that spare somebody else: one of the two is the answer for each subject.</summary>
    private readonly record struct Extreme(long? Best, int BestSpares, long? Other)
    {
        public Extreme With(long value, int spares)
        {
            if (Best is null || value > Best)
                return new Extreme(value, spares, spares == BestSpares ? Other : Best);
            return spares != BestSpares && (Other is null || value > Other) ? this with { Other = value } : this;
        }

        public long Of(int subject, long none) => (subject == Nobody || subject != BestSpares ? Best : Other) ?? none;
    }
}

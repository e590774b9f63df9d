namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>
/// Which secret of a record each operation saw. Secrets only ever grow, so one rule says all: who begins after somebody else has ended
/// sees no older one. It covers acknowledged revocations, and tokens that were refused once.
/// </summary>
internal sealed class Observations
{
    private readonly List<(Guid Key, int Secret, TimeSpan Begun, TimeSpan Ended)> _seen = [];

    public int Count => _seen.Count;

    public int Unknown { get; set; }

    public int FromCopies { get; private set; }

    public void Add(Guid key, int secret, TimeSpan begun, TimeSpan ended, bool isCopy)
    {
        _seen.Add((key, secret, begun, ended));
        FromCopies += isCopy ? 1 : 0;
    }

    public int CountStale()
    {
        var stale = 0;
        foreach (var ofKey in _seen.GroupBy(seen => seen.Key))
        {
            var byEnd = new Queue<(Guid, int Secret, TimeSpan, TimeSpan Ended)>(ofKey.OrderBy(seen => seen.Ended));
            var newest = 0;
            foreach (var seen in ofKey.OrderBy(seen => seen.Begun))
            {
                while (byEnd.Peek().Ended < seen.Begun)
                    newest = Math.Max(newest, byEnd.Dequeue().Secret);
                stale += seen.Secret < newest ? 1 : 0;
            }
        }

        return stale;
    }
}

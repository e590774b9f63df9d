using AuthCluster.Http.RateLimits;

namespace AuthCluster.Http.Logins;

/// <summary>
/// Failed logins by name, for one to two hours. This process alone keeps the counts: in a cluster each node counts for itself.
/// </summary>
internal sealed class FailureCounts(TimeProvider time)
{
    private static readonly TimeSpan Generation = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly TwoGenerations<CounterTable> _counts = new(() => new CounterTable());
    private DateTimeOffset _youngerSince = time.GetUtcNow();

    public int Read(string name)
    {
        lock (_lock)
        {
            var (younger, elder) = Aged();
            return younger.Read(name) + elder.Read(name);
        }
    }

    public void Add(string name)
    {
        lock (_lock)
            Aged().Younger.Increment(name);
    }

    public void Clear(string name)
    {
        lock (_lock)
        {
            var (younger, elder) = _counts.Current;
            younger.Clear(name);
            elder.Clear(name);
        }
    }

    private TwoGenerations<CounterTable>.Pair Aged()
    {
        var age = time.GetUtcNow() - _youngerSince;
        if (age < Generation)
            return _counts.Current;
        if (age < 2 * Generation)
            _counts.Succeed(_counts.Current);
        else
            _counts.Clear();
        _youngerSince = time.GetUtcNow();
        return _counts.Current;
    }
}

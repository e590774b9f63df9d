using AuthCluster.Http.RateLimits;

namespace AuthCluster.Http.Captcha;

/// <summary>
/// Failed logins by name, for one to two hours. They are kept by this process alone: in a cluster each node counts for itself.
/// </summary>
internal sealed class FailureCounts(TimeProvider time)
{
    private static readonly TimeSpan Generation = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private CounterTable _younger = new();
    private CounterTable _elder = new();
    private DateTimeOffset _youngerSince = time.GetUtcNow();

    public int Read(string name)
    {
        lock (_lock)
        {
            Age();
            return _younger.Read(name) + _elder.Read(name);
        }
    }

    public void Add(string name)
    {
        lock (_lock)
        {
            Age();
            _younger.Increment(name);
        }
    }

    public void Clear(string name)
    {
        lock (_lock)
        {
            _younger.Clear(name);
            _elder.Clear(name);
        }
    }

    private void Age()
    {
        var age = time.GetUtcNow() - _youngerSince;
        if (age < Generation)
            return;
        _elder = age < 2 * Generation ? _younger : new CounterTable();
        _younger = new CounterTable();
        _youngerSince = time.GetUtcNow();
    }
}

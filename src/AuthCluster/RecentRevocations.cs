namespace AuthCluster;

/// <summary>The newest revocations of one log, in memory, so that many readers cost no read of the store. Numbers have no gaps.</summary>
/// <param name="capacity">How many are kept at least, once there are as many.</param>
public sealed class RecentRevocations(int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<RevocationNotice> _notices = [];
    private TaskCompletionSource _change = NewChange();

    // The number of the last one; null until the log was read or written.
    private long? _last;

    /// <summary>Completes with the next <see cref="Add"/>. Take it before you read.</summary>
    public Task Change => Volatile.Read(ref _change).Task;

    /// <summary>The number of the last one; <c>null</c> until that is known.</summary>
    public long? Last
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    /// <summary>The log ends here, as it was read. An <see cref="Add"/> that came first knows better.</summary>
    public void BeginAfter(long last)
    {
        lock (_lock)
            _last ??= last;
    }

    public void Add(long firstNumber, IReadOnlyList<RevocationNotice> notices)
    {
        if (notices.Count == 0)
            return;
        TaskCompletionSource change;
        lock (_lock)
        {
            // Where something is missing in between, readers find it in the store.
            if (_last is { } last && firstNumber != last + 1)
                _notices.Clear();
            _notices.AddRange(notices);
            _last = firstNumber + notices.Count - 1;
            if (_notices.Count >= 2 * capacity)
                _notices.RemoveRange(0, _notices.Count - capacity);
            change = Interlocked.Exchange(ref _change, NewChange());
        }

        change.SetResult();
    }

    /// <summary>What has a larger number. <c>null</c> where that is not known here.</summary>
    public IReadOnlyList<RevocationNotice>? ReadAfter(long number, int limit)
    {
        lock (_lock)
        {
            if (_last is not { } last || number > last || number < last - _notices.Count)
                return null;
            var from = _notices.Count - (int)(last - number);
            return _notices.GetRange(from, Math.Min(limit, _notices.Count - from));
        }
    }

    // Readers go on elsewhere, not on the thread that writes.
    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

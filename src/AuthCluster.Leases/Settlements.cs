using System.Collections.Concurrent;

namespace AuthCluster.Leases;

/// <summary>The ends of lenders that cannot be asked: each is shut out and outlasted once, however many of its records wait for that.</summary>
internal sealed class Settlements(LeaseTimes times, ILenderRecords records, TimeProvider time)
{
    /// <summary>Far more lenders than come and go while a node runs.</summary>
    private const int Kept = 10_000;

    private readonly ConcurrentDictionary<string, Task> _settled = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private Instant Now => Instant.Now(time);

    public bool IsSettled(string lender) => _settled.TryGetValue(lender, out var settled) && settled.IsCompletedSuccessfully;

    public Task SettleAsync(string lender)
    {
        lock (_lock)
        {
            if (_settled.TryGetValue(lender, out var running) && !running.IsFaulted)
                return running;
            // A lender that is forgotten here is read once more.
            if (_settled.Count >= Kept)
                _settled.Clear();
            return _settled[lender] = ShutOutAsync(lender);
        }
    }

    private async Task ShutOutAsync(string lender)
    {
        var shutOut = await InTimeAsync(records.ReadAsync(lender));
        if (shutOut.Status == LenderStatus.Over)
            return;
        await InTimeAsync(records.MoveToAsync(lender, LenderStatus.ShutOut));
        var begun = Now;
        // Its leases count, not ours: a node may have been started with another setting.
        var outlasting = LeaseTimes.Outlasting(shutOut.Duration);
        while (outlasting - Now.AtLeastSince(begun) is var left && left > TimeSpan.Zero)
        {
            await times.DelayAsync(left, time);
            // A lender that was only about to stop says itself when it is done.
            if ((await InTimeAsync(records.ReadAsync(lender))).Status == LenderStatus.Over)
                return;
        }

        await InTimeAsync(records.MoveToAsync(lender, LenderStatus.Over));
    }

    private Task<T> InTimeAsync<T>(Task<T> call) => call.WaitAsync(times.AnswerTime, time);

    private Task InTimeAsync(Task call) => call.WaitAsync(times.AnswerTime, time);
}

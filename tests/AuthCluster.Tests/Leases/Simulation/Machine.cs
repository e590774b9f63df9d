namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>A machine with clocks of its own: a little fast or slow, and with a monotonic one that stands still while it is suspended.</summary>
internal sealed class Machine(World world, string name) : SynchronizationContext
{
    // Two machines that differ most still differ by less than what leases allow for.
    private readonly double _rate = 0.96 + (world.Random.NextDouble() * 0.08);
    private TimeSpan _suspended;

    public string Name => name;

    public bool IsDead { get; set; }

    public TimeSpan PausedUntil { get; private set; }

    public TimeProvider Time => field ??= new Clock(this);

    private TimeSpan Monotonic => (world.Now - _suspended) * _rate;

    /// <summary>Nothing runs for a while. Suspended, the machine does not even count the time.</summary>
    public void Pause(TimeSpan duration, bool suspended)
    {
        PausedUntil = world.Now + duration;
        if (suspended)
            _suspended += duration;
    }

    public override void Post(SendOrPostCallback d, object? state) => world.Schedule(this, TimeSpan.Zero, () => d(state));

    public void Run(Action action)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private DateTimeOffset Wall => DateTimeOffset.UnixEpoch + (world.Now * _rate);

    private sealed class Clock(Machine machine) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => machine.Monotonic.Ticks;

        public override DateTimeOffset GetUtcNow() => machine.Wall;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(machine, () => callback(state), dueTime);
    }

    private sealed class Timer : ITimer
    {
        private readonly Machine _machine;
        private readonly Action _callback;
        private bool _isDisposed;

        public Timer(Machine machine, Action callback, TimeSpan due)
        {
            (_machine, _callback) = (machine, callback);
            if (due >= TimeSpan.Zero)
                Wait(machine.Monotonic + due);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Wait(TimeSpan due) => _machine.Schedule((due - _machine.Monotonic) / _machine._rate, () =>
        {
            if (_isDisposed)
                return;
            // Suspended meanwhile: the rest is still to come.
            if (_machine.Monotonic < due)
                Wait(due);
            else
                _callback();
        });
    }

    private void Schedule(TimeSpan delay, Action happens) =>
        world.Schedule(this, delay + TimeSpan.FromTicks(1), happens);
}

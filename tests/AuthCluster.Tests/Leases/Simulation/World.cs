namespace AuthCluster.Tests.Leases.Simulation;

/// <summary>
/// Everything that happens, one event at a time, in an order that the seed decides. No thread but the caller's takes part: what the
/// nodes await is continued by events, too.
/// </summary>
internal sealed class World(int seed)
{
    private readonly PriorityQueue<(Machine? On, Action Happens), (TimeSpan At, int Turn, long Number)> _events = new();
    private readonly HashSet<(Machine, Machine)> _cuts = [];
    private long _number;

    public Random Random { get; } = new(seed);

    public TimeSpan Now { get; private set; }

    public Weather Weather { get; init; } = Weather.Fair;

    /// <summary>What happened, in order, folded into a number: two runs of one seed have the same.</summary>
    public HashCode Trace;

    public void Schedule(Machine? on, TimeSpan delay, Action happens) =>
        _events.Enqueue((on, happens), (Now + delay, Random.Next(), _number++));

    public void RunUntil(Func<bool> isDone)
    {
        while (!isDone() && _events.TryDequeue(out var next, out var due))
        {
            Now = due.At > Now ? due.At : Now;
            Trace.Add((due.At, next.On?.Name));
            if (next.On is not { } machine)
                next.Happens();
            else if (machine.PausedUntil > Now)
                Schedule(machine, machine.PausedUntil - Now, next.Happens);
            else if (!machine.IsDead)
                machine.Run(next.Happens);
        }
    }

    public Guid NewId()
    {
        var bytes = new byte[16];
        Random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public void Cut(Machine one, Machine other, TimeSpan duration)
    {
        _cuts.Add((one, other));
        Schedule(null, duration, () => _cuts.Remove((one, other)));
    }

    /// <summary>A call over the network: the question or the answer may be lost, late, or come twice.</summary>
    public Task<T> CallAsync<T>(Machine from, Machine to, Func<Task<T>> handle)
    {
        var answer = new TaskCompletionSource<T>();
        for (var copies = Chance(Weather.Duplicates) ? 2 : 1; copies > 0; copies--)
            Send(from, to, () => _ = HandleAsync(from, to, handle, answer));
        Schedule(from, Weather.Timeout, () => answer.TrySetException(new TimeoutException($"{to.Name} does not answer {from.Name}.")));
        return answer.Task;
    }

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan UpTo(TimeSpan longest) => longest * Random.NextDouble();

    private async Task HandleAsync<T>(Machine from, Machine to, Func<Task<T>> handle, TaskCompletionSource<T> answer)
    {
        try
        {
            var result = await handle();
            Send(to, from, () => answer.TrySetResult(result));
        }
        catch (Exception fault) when (fault is StateUnavailableException or TimeoutException)
        {
            Send(to, from, () => answer.TrySetException(new StateUnavailableException(fault.Message)));
        }
    }

    private void Send(Machine from, Machine to, Action arrives)
    {
        if (from != to && (_cuts.Contains((from, to)) || Chance(Weather.Losses)))
            return;
        Schedule(to, Chance(Weather.Delays) ? UpTo(Weather.LongestDelay) : UpTo(TimeSpan.FromMilliseconds(5)), arrives);
    }
}

/// <summary>How bad a network and its machines are.</summary>
internal sealed record Weather
{
    public static readonly Weather Fair = new();

    public double Losses { get; init; }

    public double Duplicates { get; init; }

    public double Delays { get; init; }

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(12);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Between two operations: that a machine stops, is cut off, dies; that a record is served elsewhere, or at two places.</summary>
    public double Pauses { get; init; }

    public double Cuts { get; init; }

    public double Crashes { get; init; }

    public double Moves { get; init; }

    public double Strays { get; init; }

    public static Weather Of(Random random) => new()
    {
        Losses = OneOf(random, 0, 0.01, 0.05),
        Duplicates = OneOf(random, 0, 0.1),
        Delays = OneOf(random, 0, 0.01, 0.05),
        Pauses = OneOf(random, 0, 0.01, 0.03),
        Cuts = OneOf(random, 0, 0.01, 0.03),
        Crashes = OneOf(random, 0, 0.005, 0.02),
        Moves = OneOf(random, 0, 0.01, 0.05),
        Strays = OneOf(random, 0, 0.02, 0.1),
    };

    private static double OneOf(Random random, params double[] values) => values[random.Next(values.Length)];
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace AuthCluster.Passwords;

/// <summary>
/// Where password hashes are computed: on a few threads of their own, below normal priority, with a queue that is bounded by how long the last
/// one in it waits. A class that logs in at eight o'clock is served; a flood fills the queue and is turned away. Neither takes processor from
/// token checks or a thread from the pool.
/// </summary>
public sealed partial class HashLane : IDisposable
{
    /// <summary>A client that would wait longer is better told to come back, after as long.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    /// <summary>Also where a hash takes so long that fewer would fit.</summary>
    private const int LeastDepth = 8;

    /// <summary>Also where a hash takes next to nothing: each one that waits holds its request in memory.</summary>
    private const int GreatestDepth = 1024;

    /// <summary>Places of each thread that none but known callers get: a flood of strangers keeps no owner out.</summary>
    private const int KeptForKnown = 8;

    /// <summary>The weight of the latest hash in the average.</summary>
    private const int Weight = 8;

    private readonly int _width;
    private readonly int? _depth;
    private int _taken;
    private long _averageTicks;
    private readonly BlockingCollection<Func<Done>> _accepted = [];
    private readonly BlockingCollection<Action> _answers = [];
    private readonly Thread[] _workers;
    private readonly Thread _answerer;
    private bool _disposed;

    /// <summary>One core is left for everything else.</summary>
    public HashLane()
        : this(Math.Max(1, Environment.ProcessorCount - 1), depth: null)
    {
    }

    /// <param name="width">Threads.</param>
    /// <param name="depth">How many may wait for each of them; <c>null</c> for as many as are done within <see cref="LongestWait"/>.</param>
    public HashLane(int width, int? depth)
    {
        (_width, _depth) = (width, depth);
        _workers = [.. Enumerable.Range(0, width).Select(number => Start(Work, $"hash lane {number}"))];
        _answerer = Start(Answer, "hash answers");
    }

    /// <summary>Whether <see cref="TryRun"/> would say no to a stranger at this moment.</summary>
    public bool IsFull => Volatile.Read(ref _taken) >= Places;

    /// <summary>Running and waiting. Before the first hash was measured, as for one of 50 ms.</summary>
    private int Places => _width * (1 + (_depth ?? DepthFor(TimeSpan.FromTicks(Interlocked.Read(ref _averageTicks)))));

    /// <summary>What the work returns; <c>null</c>, at once, where the lane is full.</summary>
    /// <param name="work">Computes, and starts no tasks: what it starts would inherit the lane's priority.</param>
    /// <param name="isKnown">Whether the caller has logged in before, from this device or in this session: then there are places that strangers do not get.</param>
    /// <param name="gone">Canceled when nobody waits for the result any more: then it is not computed, and the task is canceled.</param>
    [SuppressMessage("Usage", "MA0022", Justification = "No task means that the lane is full; the nullable type makes callers look.")]
    public Task<T>? TryRun<T>(Func<T> work, bool isKnown = false, CancellationToken gone = default) =>
        TryTakePlace(isKnown ? Places + (_width * KeptForKnown) : Places) ? Accept(work, gone) : null;

    /// <param name="hash">How long one takes; zero where none was measured yet.</param>
    internal static int DepthFor(TimeSpan hash) => hash == TimeSpan.Zero
        ? DepthFor(TimeSpan.FromMilliseconds(50))
        : (int)Math.Clamp(LongestWait / hash, LeastDepth, GreatestDepth);

    /// <summary>Waits for what was accepted.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _accepted.CompleteAdding();
        foreach (var worker in _workers)
            worker.Join();
        _answers.CompleteAdding();
        _answerer.Join();
        _accepted.Dispose();
        _answers.Dispose();
    }

    private bool TryTakePlace(int places)
    {
        while (true)
        {
            var taken = Volatile.Read(ref _taken);
            if (taken >= places)
                return false;
            if (Interlocked.CompareExchange(ref _taken, taken + 1, taken) != taken)
                continue;
            Telemetry.CountHashesUnderWay(1);
            return true;
        }
    }

    private static Thread Start(ThreadStart loop, string name)
    {
        var thread = new Thread(loop) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    private Task<T> Accept<T>(Func<T> work, CancellationToken gone)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Not canceled by it: the place is taken, and is given back when the work's turn comes.
        _accepted.Add(ComputeAndAnswer, CancellationToken.None);
        return answer.Task;

        Done ComputeAndAnswer()
        {
            if (gone.IsCancellationRequested)
                return new Done(() => answer.SetCanceled(gone), IsComputed: false);
            try
            {
                var result = work();
                return new Done(() => answer.SetResult(result), IsComputed: true);
            }
            catch (Exception failure)
            {
                return new Done(() => answer.SetException(failure), IsComputed: true);
            }
        }
    }

    private void Work()
    {
        LowerPriority();
        foreach (var work in _accepted.GetConsumingEnumerable())
        {
            var started = Stopwatch.GetTimestamp();
            var done = work();
            _answers.Add(done.Answer);
            if (done.IsComputed)
                Measure(Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>A lost update of two threads loses one hash of many.</summary>
    private void Measure(TimeSpan hash)
    {
        Telemetry.RecordHash(hash);
        var average = Interlocked.Read(ref _averageTicks);
        Interlocked.Exchange(ref _averageTicks, average == 0 ? hash.Ticks : average + ((hash.Ticks - average) / Weight));
    }

    /// <summary>
    /// Completes the tasks from a thread of normal priority: completing one may make the pool start a thread, and a thread inherits the
    /// priority of the one that starts it. The lane's own would leave the pool with slow threads for good.
    /// </summary>
    private void Answer()
    {
        foreach (var answer in _answers.GetConsumingEnumerable())
        {
            // First, so that who comes after this answer finds the place free.
            Interlocked.Decrement(ref _taken);
            Telemetry.CountHashesUnderWay(-1);
            answer();
        }
    }

    /// <summary>.NET's thread priority does nothing on Linux. There, against POSIX, nice(2) is about the calling thread alone.</summary>
    private static void LowerPriority()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        // Elsewhere it would slow the whole process. That it may fail is no reason to stop: the lane is bounded all the same.
        if (OperatingSystem.IsLinux())
            _ = Nice(10);
    }

    private readonly record struct Done(Action Answer, bool IsComputed);

    [LibraryImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Nice(int increment);
}

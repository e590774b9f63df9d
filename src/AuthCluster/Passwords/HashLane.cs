using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace AuthCluster.Passwords;

/// <summary>
/// Where password hashes are computed: on a few threads of their own, below normal priority, with a short queue. A flood of logins
/// then fills the queue and is turned away; it takes no processor from token checks and no thread from the pool.
/// </summary>
public sealed partial class HashLane : IDisposable
{
    /// <summary>With a tenth of a second a hash, the last one waits about a second. Whoever would wait longer is better told to come back.</summary>
    private const int WaitingPerSlot = 8;

    private readonly SemaphoreSlim _places;
    private readonly BlockingCollection<Func<Action>> _accepted = [];
    private readonly BlockingCollection<Action> _answers = [];
    private readonly Thread[] _workers;
    private readonly Thread _answerer;
    private bool _disposed;

    /// <summary>One core is left for everything else.</summary>
    public HashLane()
        : this(Math.Max(1, Environment.ProcessorCount - 1), WaitingPerSlot)
    {
    }

    /// <param name="width">Threads.</param>
    /// <param name="depth">How many may wait for each of them.</param>
    public HashLane(int width, int depth)
    {
        _places = new SemaphoreSlim(width * (1 + depth));
        _workers = [.. Enumerable.Range(0, width).Select(number => Start(Work, $"hash lane {number}"))];
        _answerer = Start(Answer, "hash answers");
    }

    /// <summary>Whether <see cref="TryRun"/> would say no at this moment.</summary>
    public bool IsFull => _places.CurrentCount == 0;

    /// <summary>What the work returns; <c>null</c>, at once, where the lane is full.</summary>
    /// <param name="work">Computes, and starts no tasks: what it starts would inherit the lane's priority.</param>
    [SuppressMessage("Usage", "MA0022", Justification = "No task means that the lane is full; the nullable type makes callers look.")]
    public Task<T>? TryRun<T>(Func<T> work) => _places.Wait(0) ? Accept(work) : null;

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
        _places.Dispose();
    }

    private static Thread Start(ThreadStart loop, string name)
    {
        var thread = new Thread(loop) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    private Task<T> Accept<T>(Func<T> work)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _accepted.Add(() =>
        {
            try
            {
                var result = work();
                return () => answer.SetResult(result);
            }
            catch (Exception failure)
            {
                return () => answer.SetException(failure);
            }
        });
        return answer.Task;
    }

    private void Work()
    {
        LowerPriority();
        foreach (var work in _accepted.GetConsumingEnumerable())
            _answers.Add(work());
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
            _places.Release();
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

    [LibraryImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Nice(int increment);
}

using System.Globalization;
using AuthCluster.Passwords;
using Xunit;

namespace AuthCluster.Tests.Passwords;

public sealed class HashLaneTests : IDisposable
{
    /// <summary>Opened before anything is asserted: a lane that closes waits for its work.</summary>
    private readonly ManualResetEventSlim _gate = new();

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task Work_gives_its_result()
    {
        using var lane = new HashLane();
        Assert.Equal(42, await lane.TryRun(() => 42)!);
    }

    [Fact]
    public async Task A_full_lane_says_so_at_once_and_takes_work_again_once_there_is_room()
    {
        using var lane = new HashLane(width: 2, depth: 3);
        var accepted = Enumerable.Range(0, 8).Select(number => lane.TryRun(() => WaitAndReturn(number))).ToList();
        var refused = lane.TryRun(() => 8);
        _gate.Set();

        Assert.Null(refused);
        Assert.DoesNotContain(null, accepted);
        Assert.Equal(Enumerable.Range(0, 8), await Task.WhenAll(accepted!));
        Assert.Equal(9, await lane.TryRun(() => 9)!);
    }

    [Theory]
    [InlineData(30, 100)]
    [InlineData(100, 30)]
    [InlineData(1000, 8)]
    [InlineData(1, 1024)]
    [InlineData(0, 60)]
    public void As_many_may_wait_as_are_done_within_three_seconds(int millisecondsOfAHash, int depth) =>
        Assert.Equal(depth, HashLane.DepthFor(TimeSpan.FromMilliseconds(millisecondsOfAHash)));

    [Fact]
    public async Task A_burst_that_is_done_within_the_longest_wait_is_served_whole()
    {
        using var lane = new HashLane();
        var burst = Enumerable.Range(0, 60).Select(number => lane.TryRun(() => WaitAndReturn(number))).ToList();
        _gate.Set();

        Assert.DoesNotContain(null, burst);
        Assert.Equal(Enumerable.Range(0, 60), await Task.WhenAll(burst!));
    }

    [Fact]
    public async Task A_flood_of_strangers_keeps_no_known_caller_out_and_known_ones_are_bounded_too()
    {
        using var lane = new HashLane(width: 1, depth: 3);
        var strangers = Enumerable.Range(0, 20).Select(number => lane.TryRun(() => WaitAndReturn(number))).ToList();
        var known = Enumerable.Range(100, 20).Select(number => lane.TryRun(() => WaitAndReturn(number), isKnown: true)).ToList();
        _gate.Set();

        Assert.Equal(4, strangers.Count(task => task is not null));
        Assert.Equal(8, known.Count(task => task is not null));
        await Task.WhenAll(strangers.Concat(known).OfType<Task<int>>());
    }

    [Fact]
    public async Task Nothing_is_computed_for_a_caller_who_has_gone()
    {
        using var lane = new HashLane(width: 1, depth: 3);
        using var gone = new CancellationTokenSource();
        var running = lane.TryRun(() => WaitAndReturn(1));
        var isComputed = false;
        var left = lane.TryRun(() => isComputed = true, gone: gone.Token);
        var next = lane.TryRun(() => 3);
        await gone.CancelAsync();
        _gate.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left!);
        Assert.Equal(1, await running!);
        Assert.Equal(3, await next!);
        Assert.False(isComputed);
        Assert.False(lane.IsFull);
    }

    [Fact]
    public async Task No_more_runs_at_once_than_the_lane_is_wide()
    {
        using var lane = new HashLane(width: 2, depth: 8);
        using var started = new SemaphoreSlim(0);
        var running = 0;
        var tasks = Enumerable.Range(0, 6).Select(_ => lane.TryRun(() =>
        {
            var now = Interlocked.Increment(ref running);
            started.Release();
            _gate.Wait();
            Interlocked.Decrement(ref running);
            return now;
        })!).ToList();

        await started.WaitAsync();
        await started.WaitAsync();
        _gate.Set();
        var seen = await Task.WhenAll(tasks);
        Assert.Equal(2, seen.Max());
    }

    [Fact]
    public async Task Work_that_throws_faults_its_task_and_leaves_its_place()
    {
        using var lane = new HashLane(width: 1, depth: 0);
        for (var times = 0; times < 3; times++)
            await Assert.ThrowsAsync<FormatException>(() => lane.TryRun<int>(() => throw new FormatException())!);
        Assert.Equal(1, await lane.TryRun(() => 1)!);
    }

    [Fact]
    public async Task What_was_accepted_is_finished_when_the_lane_closes()
    {
        var lane = new HashLane(width: 1, depth: 2);
        var accepted = Enumerable.Range(0, 3).Select(number => lane.TryRun(() => WaitAndReturn(number))!).ToList();
        _gate.Set();
        lane.Dispose();
        Assert.All(accepted, task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Equal(Enumerable.Range(0, 3), await Task.WhenAll(accepted));
        lane.Dispose();
    }

    [Fact]
    public async Task On_Linux_the_lane_yields_to_everything_else()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var lane = new HashLane(width: 1, depth: 0);
        Assert.Equal(Math.Min(Niceness("self") + 10, 19), await lane.TryRun(() => Niceness("thread-self"))!);
    }

    [Fact]
    public async Task On_Linux_threads_that_the_pool_starts_for_an_answer_do_not_yield()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int Answers = 8;
        // As many as the pool starts without hesitation; each answer holds its thread, so that the next one needs another.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        Assert.True(ThreadPool.SetMinThreads(ThreadPool.ThreadCount + Answers, ports));
        using var lane = new HashLane(width: 1, depth: Answers);
        using var started = new SemaphoreSlim(0);
        var answers = Enumerable.Range(0, Answers).Select(_ => HoldAnswer(lane, started)).ToList();
        for (var answer = 0; answer < Answers; answer++)
            await started.WaitAsync();
        _gate.Set();
        ThreadPool.SetMinThreads(threads, ports);
        Assert.All(await Task.WhenAll(answers), niceness => Assert.Equal(Niceness("self"), niceness));
    }

    private async Task<int> HoldAnswer(HashLane lane, SemaphoreSlim started)
    {
        await lane.TryRun(() => 0)!.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        started.Release();
        _gate.Wait();
        return Niceness("thread-self");
    }

    /// <summary>proc(5): the 19th field; the second, in brackets, may contain blanks.</summary>
    private static int Niceness(string process)
    {
        var status = File.ReadAllText($"/proc/{process}/stat");
        return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }

    private int WaitAndReturn(int number)
    {
        _gate.Wait();
        return number;
    }
}

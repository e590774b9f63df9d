using System.Diagnostics;
using AuthCluster.Accounts;
using AuthCluster.Benchmarks.Harness;
using AuthCluster.EmbeddedHost.Sqlite;

namespace AuthCluster.Benchmarks.Writes;

/// <summary>(c) durable writes a second, beside a store that commits each by itself.</summary>
internal static class WriteBenchmark
{
    private const int Accounts = 1024;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CommandLine commandLine) =>
    [
        MeasureFlush(commandLine),
        .. await MeasureInProcessAsync(commandLine),
        await HttpWrites.MeasureAsync(commandLine),
    ];

    /// <summary>What a commit waits for at least. The slower it is, the more it is worth to share it.</summary>
    private static Figure MeasureFlush(CommandLine commandLine)
    {
        using var path = commandLine.NewDirectory("flush");
        using var file = new FileStream(Path.Combine(path.Path, "file"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        var times = new double[commandLine.Short ? 20 : 500];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            file.Position = 0;
            file.Write(page);
            file.Flush(flushToDisk: true);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        return new Figure("c", "one page written and flushed to this disk", Sample.Of(times), "µs");
    }

    private static async Task<IEnumerable<Figure>> MeasureInProcessAsync(CommandLine commandLine)
    {
        using var path = commandLine.NewDirectory("writes-grouped");
        using var otherPath = commandLine.NewDirectory("writes-single");
        using var directory = DataDirectory.Open(path.Path);
        using var otherDirectory = DataDirectory.Open(otherPath.Path);
        using var database = Database.Open(directory);
        using var other = Database.Open(otherDirectory);
        var store = new AccountStore(database, new AccountRules());
        using var single = new OneCommitPerSave(new AccountStore(other, new AccountRules()), otherDirectory.DatabasePath);
        using var grouped = await LoadAsync(store, commandLine);
        using var baseline = await LoadAsync(single, commandLine);

        var (rounds, time) = commandLine.Short ? (2, TimeSpan.FromSeconds(0.3)) : (7, TimeSpan.FromSeconds(2));
        await grouped.RunAsync(64, time);
        await baseline.RunAsync(64, time);
        var rates = await Rounds.InterleaveAsync(
            rounds,
            () => baseline.RunAsync(64, time),
            () => grouped.RunAsync(64, time),
            () => grouped.RunAsync(16, time),
            () => grouped.RunAsync(1, time));
        return Figures(rates);
    }

    private static async Task<WriteLoad> LoadAsync(IAccountStore store, CommandLine commandLine)
    {
        // With a full list of recent activity: the largest that accounts become in ordinary use.
        var logins = commandLine.Short ? 1 : new AccountRules().ActivityKept / 2;
        return await WriteLoad.OpenAsync(store, await SampleAccounts.StoreAsync(store, commandLine.Short ? 128 : Accounts, logins));
    }

    private static IEnumerable<Figure> Figures(double[][] rates)
    {
        var (single, callers64, callers16, callers1) = (rates[0], rates[1], rates[2], rates[3]);
        yield return new Figure(
            "c",
            "durable writes, 64 callers, to one commit a write",
            Rounds.Ratio(callers64, single),
            "×",
            $"{Figure.Number(Sample.Of(callers64).Median)} to {Figure.Number(Sample.Of(single).Median)} writes/s",
            Target.NotUnder(10));
        yield return new Figure("c", "durable writes, 16 callers", Sample.Of(callers16), "writes/s");
        yield return new Figure("c", "durable writes, 1 caller", Sample.Of(callers1), "writes/s");
    }
}

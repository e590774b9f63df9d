using AuthCluster.Benchmarks.Checks;
using AuthCluster.Benchmarks.Clusters;
using AuthCluster.Benchmarks.Floods;
using AuthCluster.Benchmarks.ForwardAuth;
using AuthCluster.Benchmarks.Harness;
using AuthCluster.Benchmarks.Residents;
using AuthCluster.Benchmarks.Writes;

namespace AuthCluster.Benchmarks;

/// <summary>Runs the sections that were asked for, one after the other, and prints what they measured.</summary>
internal static class BenchmarkRun
{
    private static readonly Dictionary<string, Func<CommandLine, Task<IReadOnlyList<Figure>>>> Sections = new(StringComparer.Ordinal)
    {
        ["a"] = ForwardAuthBenchmark.RunAsync,
        ["b"] = CheckBenchmark.RunAsync,
        ["c"] = WriteBenchmark.RunAsync,
        ["d"] = ResidentBenchmark.RunAsync,
        ["e"] = FloodBenchmark.RunAsync,
        ["f"] = ClusterBenchmark.RunAsync,
    };

    /// <summary>The exit code is 0 also where a target was missed: machines differ and are noisy. It is 1 where something could not be measured.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var commandLine = CommandLine.Parse(args, [.. Sections.Keys], out var fault);
        if (commandLine is null)
        {
            await Console.Error.WriteLineAsync(fault);
            return 1;
        }

        var report = new Report(Machine.Describe(commandLine.Directory), commandLine.Short);
        var failures = 0;
        foreach (var name in commandLine.Sections)
        {
            try
            {
                await Console.Error.WriteLineAsync($"measuring ({name}) …");
                report.Add(await Sections[name](commandLine));
            }
            catch (Exception error)
            {
                failures++;
                await Console.Error.WriteLineAsync($"({name}) failed to run: {error}");
            }
        }

        Console.WriteLine(report.ToMarkdown());
        if (commandLine.JsonPath is { } path)
            await File.WriteAllTextAsync(path, report.ToJson());
        return failures == 0 ? 0 : 1;
    }
}

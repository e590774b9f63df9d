using System.Diagnostics;
using System.Globalization;
using AuthCluster.Histories.Checking;
using AuthCluster.Histories.Faults;
using AuthCluster.Histories.Load;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories;

/// <summary>The command line.</summary>
internal static class Commands
{
    private const string Usage = """
        run   [--url http://…]… [--seed 1] [--clients 64] [--validations 1000000] [--revocations 20000] [--history history.txt]
              [--device-limit 5] [--refresh-grace 00:00:02] [--admin-email …] [--admin-password …] [--kill-every 50000]
              [--host path.dll] [--fault name]
              Puts servers under load, records what clients saw and checks it. Without --url an embedded server is started.
        check --history history.txt
              Checks a recorded history.
        serve <fault> [settings of the embedded server]
              Serves with a planted fault, as run --fault does for the checker's own test. Faults:
        """;

    /// <returns>0; 1 where a rule was violated; 2 where the command line is wrong.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case ["run", .. var rest]:
                    var options = LoadOptions.Read(rest);
                    Console.WriteLine(await LoadRun.RunAsync(options));
                    return Check(options.HistoryPath);
                case ["check", "--history", var path]:
                    return Check(path);
                case ["serve", var fault, .. var settings]:
                    await FaultyServer.ServeAsync(fault, settings);
                    return 0;
                default:
                    await Console.Error.WriteLineAsync($"{Usage} {string.Join(", ", PlantedFaults.Names)}");
                    return 2;
            }
        }
        catch (FormatException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
    }

    private static int Check(string path)
    {
        var started = Stopwatch.GetTimestamp();
        var history = History.Read(path);
        var rules = Checker.Check(history);
        foreach (var rule in rules)
        {
            Console.WriteLine(rule);
            foreach (var example in rule.Examples)
                Console.WriteLine($"  {example}");
        }

        var unknown = history.Operations.Count(operation => operation.Unknown && operation.Kind != OperationKind.Restart);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{history.Operations.Count} operations, {unknown} of unknown outcome, checked in {seconds:F1} s"));
        return rules.Any(rule => rule.Violations > 0) ? 1 : 0;
    }
}

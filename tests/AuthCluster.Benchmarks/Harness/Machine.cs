using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AuthCluster.Benchmarks.Harness;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe(string directory)
    {
        Directory.CreateDirectory(directory);
        var disk = new DriveInfo(Path.GetFullPath(directory)).DriveFormat;
        var optimised = typeof(Machine).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled != true;
        var build = optimised ? "Release" : "DEBUG BUILD: run with -c Release";
        var pinning = ChildProcess.CanPin ? "server and load on a core each" : "server and load share the cores (no taskset)";
        return $"{Environment.ProcessorCount} cores ({ProcessorName()}), {RuntimeInformation.FrameworkDescription}, " +
            $"{RuntimeInformation.OSDescription}, {disk}, {build}; over HTTP {pinning}";
    }

    private static string ProcessorName()
    {
        const string Source = "/proc/cpuinfo";
        var line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

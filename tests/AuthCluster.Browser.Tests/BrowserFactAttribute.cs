using System.Reflection;
using Xunit;

namespace AuthCluster.Browser.Tests;

/// <summary>A test that walks the pages in Chromium. Without a browser or built pages it is skipped, and the last line of a run counts that.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Executable is null)
            Skip = "chromium is not installed.";
        else if (!HasPages)
            Skip = "The pages are not built.";
    }

    /// <summary><c>null</c> where it is not installed.</summary>
    public static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, "chromium")).FirstOrDefault(File.Exists);

    private static bool HasPages { get; } = Assembly.Load("AuthCluster.Http").GetManifestResourceNames().Contains("pages/index.html");
}

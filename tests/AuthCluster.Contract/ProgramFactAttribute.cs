using Xunit;

namespace AuthCluster.Contract;

/// <summary>A test that needs programs of the system. Where one is missing the test is skipped, and the last line of a run counts that.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs)
    {
        Programs = programs;
        if (Array.Find(programs, program => !IsInstalled(program)) is { } missing)
            Skip = $"{missing} is not installed.";
    }

    public IReadOnlyList<string> Programs { get; }

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(directory => File.Exists(Path.Combine(directory, program)));
}

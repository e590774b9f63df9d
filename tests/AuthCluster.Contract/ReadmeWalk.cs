using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>The README walks the main job by curl. This runs the very block, and compares the answers it shows.</summary>
public static class ReadmeWalk
{
    private const string ShownAnswer = "#> ";

    public static string RepositoryRoot
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory.FullName, "AuthCluster.sln")))
                directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
            return directory.FullName;
        }
    }

    /// <param name="server">Its address. Nobody may have registered there as the README does.</param>
    public static async Task AssertAnswersAsync(Uri server)
    {
        var walk = Block(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot, "README.md")));

        var said = await RunAsync(walk, server);

        var shown = walk.Split('\n').Where(line => line.StartsWith(ShownAnswer, StringComparison.Ordinal)).ToList();
        Assert.Equal(shown.Count, said.Count);
        Assert.All(shown.Zip(said), pair => Assert.Matches(Pattern(pair.First[ShownAnswer.Length..]), pair.Second));
    }

    private static string Block(string readme)
    {
        var begin = readme.IndexOf("```bash\n", StringComparison.Ordinal) + "```bash\n".Length;
        return readme[begin..readme.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private static async Task<List<string>> RunAsync(string walk, Uri server)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", walk])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["AUTH"] = server.ToString().TrimEnd('/');
        using var shell = Process.Start(start)!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, await error);
        return [.. (await output).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];
    }

    // What differs from run to run is shown as "…".
    private static string Pattern(string shown) => "^" + Regex.Escape(shown).Replace("…", ".+", StringComparison.Ordinal) + "$";
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.OrleansHost.Tests;

/// <summary>The launchers of three nodes on this machine, as a user starts and stops them. They listen on fixed ports.</summary>
public sealed partial class RunLocalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [ProgramFact("node", "npm", "setsid", "curl")]
    public async Task Three_nodes_on_Azurite_answer_the_walk_of_the_readme_and_stop_in_good_order() => Assert.Equal(0, await WalkAsync("./run-local.sh"));

    [ProgramFact("node", "npm", "setsid", "curl", "pwsh")]
    public async Task PowerShell_starts_and_stops_the_same()
    {
        // PowerShell stops its script at Ctrl-C while the script's last line hands on the exit code: it answers 0 or 1, as the two happen to end.
        Assert.InRange(await WalkAsync("pwsh", "-NoProfile", "-File", "run-local.ps1"), 0, 1);
    }

    private static async Task<int> WalkAsync(params string[] launcher)
    {
        // Tables of its own: those of the repository may be a developer's.
        using var data = new TemporaryDirectory();
        using var launched = new Launched([.. launcher, "--data", data.Path]);
        var nodes = await launched.ReadyAsync().WaitAsync(Patience);
        Assert.Equal(3, nodes.Count);
        foreach (var node in nodes)
            await ReadmeWalk.AssertAnswersAsync(node);

        // A terminal sends Ctrl-C to the whole group.
        await launched.InterruptAsync();

        var exitCode = await launched.ExitCodeAsync().WaitAsync(Patience);
        Assert.EndsWith("All have stopped.", launched.Said.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", launched.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", launched.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", launched.Said, StringComparison.Ordinal);
        return exitCode;
    }

    /// <summary>A launcher in a process group of its own, as a terminal would run it.</summary>
    private sealed partial class Launched : IDisposable
    {
        private readonly StringBuilder _said = new();
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Process _process;

        public Launched(string[] launcher)
        {
            var start = new ProcessStartInfo("setsid", launcher)
            {
                WorkingDirectory = ReadmeWalk.RepositoryRoot,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            _process = new Process { StartInfo = start };
            _process.OutputDataReceived += (_, line) => Hear(line.Data);
            _process.ErrorDataReceived += (_, line) => Hear(line.Data);
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public string Said
        {
            get
            {
                lock (_said)
                    return _said.ToString();
            }
        }

        public async Task<IReadOnlyList<Uri>> ReadyAsync()
        {
            await Task.WhenAny(_ready.Task, _process.WaitForExitAsync());
            Assert.True(_ready.Task.IsCompleted, Said);
            return [.. Address().Matches(Said).Select(address => new Uri(address.Value.Trim()))];
        }

        public async Task InterruptAsync()
        {
            using var kill = Process.Start("kill", ["-INT", "--", $"-{_process.Id.ToString(CultureInfo.InvariantCulture)}"]);
            await kill.WaitForExitAsync();
        }

        public async Task<int> ExitCodeAsync()
        {
            await _process.WaitForExitAsync();
            return _process.ExitCode;
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        private void Hear(string? line)
        {
            lock (_said)
                _said.AppendLine(line);
            if (line?.Contains("Ctrl-C stops them.", StringComparison.Ordinal) == true)
                _ready.TrySetResult();
        }

        [GeneratedRegex(@"^  http://\S+", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Address();
    }
}

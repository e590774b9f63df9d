using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AuthCluster.Benchmarks.Harness;

/// <summary>
/// A process that is spoken to in lines of JSON over its standard streams. It ends when its input ends, so none outlives a run
/// that was interrupted.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const string PinningTool = "/usr/bin/taskset";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static bool CanPin => File.Exists(PinningTool) && Environment.ProcessorCount > 1;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a program of this build.</summary>
    /// <param name="core">Where it may run; <c>null</c> for anywhere. From its start on: the runtime sizes its pools by what it may use.</param>
    public static ChildProcess Start(string assembly, int? core, params IEnumerable<string> args)
    {
        var command = PinnedTo(core, ["dotnet", Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), .. args]);
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>The command that runs this one on that core, where that can be done.</summary>
    public static List<string> PinnedTo(int? core, List<string> command) =>
        core is { } pinned && CanPin ? [PinningTool, "-c", pinned.ToString(CultureInfo.InvariantCulture), .. command] : command;

    /// <summary>Starts this program in another role.</summary>
    public static ChildProcess StartRole(int? core, params IEnumerable<string> args) => Start("AuthCluster.Benchmarks", core, args);

    public Task SendAsync(object message) => _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(message, message.GetType()));

    public async Task<T> ReceiveAsync<T>()
    {
        using var patience = new CancellationTokenSource(Patience);
        var line = await _process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException("A process of the benchmark ended early; what it had to say is above.");
        return JsonSerializer.Deserialize<T>(line)!;
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

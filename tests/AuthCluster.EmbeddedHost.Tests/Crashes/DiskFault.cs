using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

/// <summary>
/// A disk that fails a running program: strace attaches to it and tampers with its system calls. It counts calls for each thread on its own,
/// and the database has one that writes. Disposing mends the disk.
/// </summary>
internal sealed class DiskFault : IDisposable
{
    public const string Sync = "fsync,fdatasync";
    public const string Write = "pwrite64";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _strace;

    private DiskFault(Process strace)
    {
        _strace = strace;
    }

    /// <summary>Whether there is a strace that may attach to what it did not start.</summary>
    public static bool IsPossible { get; } = Try();

    /// <param name="calls">Which calls.</param>
    /// <param name="fault">What becomes of them, as strace spells it: <c>error=EIO:when=2</c>.</param>
    /// <param name="file">Only calls on this file.</param>
    public static async Task<DiskFault> CauseAsync(int processId, string calls, string fault, string? file = null)
    {
        var command = new ProcessStartInfo("strace") { RedirectStandardError = true, UseShellExecute = false };
        List<string> arguments = ["-f", "-p", processId.ToString(CultureInfo.InvariantCulture), "-e", $"trace={calls}", "-e", $"inject={calls}:{fault}"];
        if (file is not null)
            arguments.AddRange("-P", file);
        arguments.ForEach(command.ArgumentList.Add);
        var strace = Process.Start(command)!;
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        strace.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                attached.TrySetException(new InvalidOperationException("strace ended before it had attached."));
            else if (line.Data.Contains(" attached", StringComparison.Ordinal))
                attached.TrySetResult();
        };
        // To the end: it tells of every call.
        strace.BeginErrorReadLine();
        await attached.Task.WaitAsync(Patience);
        return new DiskFault(strace);
    }

    public void Dispose()
    {
        if (!_strace.HasExited)
            _strace.Kill();
        _strace.WaitForExit();
        _strace.Dispose();
    }

    private static bool Try()
    {
        try
        {
            using var program = Process.Start("sleep", "60");
            using (CauseAsync(program.Id, Sync, "error=EIO").GetAwaiter().GetResult())
                program.Kill();
            return true;
        }
        catch (Exception missing) when (missing is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>A fact about failing disks; where they cannot be had, it is counted as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFaultFactAttribute : FactAttribute
{
    public DiskFaultFactAttribute()
    {
        if (!DiskFault.IsPossible)
            Skip = "There is no strace that may attach to other programs.";
    }
}

/// <inheritdoc cref="DiskFaultFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFaultTheoryAttribute : TheoryAttribute
{
    public DiskFaultTheoryAttribute()
    {
        if (!DiskFault.IsPossible)
            Skip = "There is no strace that may attach to other programs.";
    }
}

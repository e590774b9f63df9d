using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AuthCluster.Histories.Load;

/// <summary>A server as a process of its own, with a data directory of its own.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LoadOptions _options;
    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("authcluster-histories-").FullName;
    private Process? _process;

    private HostProcess(LoadOptions options)
    {
        _options = options;
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<HostProcess> StartAsync(LoadOptions options)
    {
        var host = new HostProcess(options);
        try
        {
            await host.LaunchAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task LaunchAsync()
    {
        _process?.Dispose();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = Command() };
        _process.OutputDataReceived += (_, line) =>
        {
            if (ListeningAddress().Match(line.Data ?? "") is { Success: true } match)
                listening.TrySetResult(new Uri(match.Value));
        };
        _process.Start();
        _process.BeginOutputReadLine();
        await Task.WhenAny(listening.Task, _process.WaitForExitAsync()).WaitAsync(Patience);
        if (!listening.Task.IsCompleted)
            throw new InvalidOperationException($"The server stopped with {_process.ExitCode} instead of listening.");
        Address = await listening.Task;
    }

    /// <summary>As by <c>kill -9</c>: the program gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        Directory.Delete(_dataDirectory, recursive: true);
    }

    private ProcessStartInfo Command()
    {
        var command = new ProcessStartInfo("dotnet", _options.Host) { RedirectStandardOutput = true, UseShellExecute = false };
        command.ArgumentList.Add("--urls");
        command.ArgumentList.Add("http://127.0.0.1:0");
        foreach (var setting in Settings())
            command.ArgumentList.Add($"--AuthCluster:{setting}");
        return command;
    }

    private IEnumerable<string> Settings() =>
    [
        $"DataDirectory={_dataDirectory}",
        "Passwords:Cost=Lowest",
        "RateLimits:PerAddress=0",
        // Clients that race with a password change guess wrong through no fault of theirs.
        "Login:AttemptsPerAccount=1000000",
        string.Create(CultureInfo.InvariantCulture, $"Devices:Limit={_options.DeviceLimit}"),
        $"Tokens:RefreshGrace={_options.RefreshGrace}",
        $"Bootstrap:AdminEmail={_options.AdministratorEmail}",
        $"Bootstrap:AdminPassword={_options.AdministratorPassword}",
    ];

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListeningAddress();
}

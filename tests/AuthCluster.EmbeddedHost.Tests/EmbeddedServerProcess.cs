using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AuthCluster.Contract;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>The real program as a process of its own, with a data directory of its own.</summary>
internal sealed partial class EmbeddedServerProcess : IRunningServer
{
    private const string AnyPort = "http://127.0.0.1:0";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly StringBuilder _said = new();
    private Process? _process;
    private string _urls = AnyPort;

    private EmbeddedServerProcess(IReadOnlyDictionary<string, string> settings, string dataDirectory)
    {
        _settings = settings;
        DataDirectory = dataDirectory;
    }

    public Uri BaseAddress { get; private set; } = null!;

    public string DataDirectory { get; }

    public string DatabasePath => Path.Combine(DataDirectory, "authcluster.db");

    public int ProcessId => _process!.Id;

    /// <summary>All that the program wrote to its standard output and error.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>From the start of the process until it listened.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Completes when the program listens; throws with all it said where it stops instead.</summary>
    /// <param name="dataDirectory">One that is there; it is removed in the end like a new one.</param>
    /// <param name="urls">Where it listens; an address on a Unix socket is told as it is.</param>
    public static async Task<EmbeddedServerProcess> StartAsync(
        IReadOnlyDictionary<string, string> settings, string? dataDirectory = null, string urls = AnyPort)
    {
        var server = new EmbeddedServerProcess(settings, dataDirectory ?? NewDataDirectory()) { _urls = urls };
        try
        {
            await server.LaunchAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>Starts the program where it is expected to stop by itself, and gives what it said.</summary>
    /// <param name="launcher">A program, with its arguments, that starts another.</param>
    public static Task<StoppedProgram> RunToEndAsync(
        IReadOnlyDictionary<string, string> settings, string dataDirectory, string urls = AnyPort, params string[] launcher) =>
        RunToEndAsync(Command(settings, dataDirectory, urls, launcher));

    /// <summary>Runs a command of the program, such as <c>export</c>.</summary>
    public static Task<StoppedProgram> RunAsync(params string[] arguments) => RunToEndAsync(Command(["dotnet"], arguments));

    /// <summary>The same with something to read.</summary>
    public static Task<StoppedProgram> RunWithInputAsync(string input, params string[] arguments)
    {
        var command = Command(["dotnet"], arguments);
        command.RedirectStandardInput = true;
        return RunToEndAsync(command, input);
    }

    /// <summary>The same with these environment variables.</summary>
    public static Task<StoppedProgram> RunInAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var command = Command(["dotnet"], arguments);
        foreach (var (name, value) in environment)
            command.Environment[name] = value;
        return RunToEndAsync(command);
    }

    private static async Task<StoppedProgram> RunToEndAsync(ProcessStartInfo command, string? input = null)
    {
        using var program = Process.Start(command)!;
        if (input is not null)
        {
            await program.StandardInput.WriteAsync(input);
            program.StandardInput.Close();
        }

        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        using var impatience = new CancellationTokenSource(Patience);
        try
        {
            await program.WaitForExitAsync(impatience.Token);
        }
        catch (OperationCanceledException canceled)
        {
            program.Kill();
            throw new TimeoutException($"The program did not stop by itself.\n{await output}\n{await error}", canceled);
        }

        return new StoppedProgram(program.ExitCode, await output, await error);
    }

    public static string NewDataDirectory() => Directory.CreateTempSubdirectory("authcluster-").FullName;

    /// <summary>As by <c>kill -9</c>: the program gets no chance to finish anything.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks the program to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ProcessId.ToString(CultureInfo.InvariantCulture));
        await WaitForExitAsync();
    }

    /// <summary>Waits for somebody else to kill it.</summary>
    public Task WaitForExitAsync() => _process!.WaitForExitAsync().WaitAsync(Patience);

    /// <summary>After <see cref="Kill"/>: another process takes over the data directory, at another port.</summary>
    public Task RestartAsync() => LaunchAsync();

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            Kill();
        _process?.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task LaunchAsync()
    {
        _process?.Dispose();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopwatch = Stopwatch.StartNew();
        _process = new Process { StartInfo = Command(_settings, DataDirectory, _urls) };
        // Both streams are read to the end: a program whose output nobody takes stands still.
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Task.WhenAny(listening.Task, _process.WaitForExitAsync()).WaitAsync(Patience);
        if (!listening.Task.IsCompleted)
            throw new InvalidOperationException($"The program stopped with {_process.ExitCode}. It said:\n{Said}");
        BaseAddress = await listening.Task;
        StartTime = stopwatch.Elapsed;

        void Hear(string? line)
        {
            lock (_said)
                _said.AppendLine(line);
            if (ListeningAddress().Match(line ?? "") is { Success: true } match)
                listening.TrySetResult(new Uri(match.Value.StartsWith("http://unix", StringComparison.Ordinal) ? "http://localhost" : match.Value));
        }
    }

    private static ProcessStartInfo Command(
        IReadOnlyDictionary<string, string> settings, string dataDirectory, string urls = AnyPort, params string[] launcher)
    {
        var command = Command([.. launcher, "dotnet"], ["--urls", urls, $"--AuthCluster:DataDirectory={dataDirectory}"]);
        foreach (var (key, value) in settings)
        {
            // Variables of OpenTelemetry's own are no settings of this server.
            if (key.StartsWith("OTEL_", StringComparison.Ordinal))
                command.Environment[key] = value;
            else
                command.ArgumentList.Add(ContractSuite.Argument(key, value));
        }

        return command;
    }

    private static ProcessStartInfo Command(string[] start, string[] arguments)
    {
        var command = new ProcessStartInfo(start[0], start[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        command.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AuthCluster.EmbeddedHost.dll"));
        foreach (var argument in arguments)
            command.ArgumentList.Add(argument);
        return command;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*|(?<=listens on )http://unix:\S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListeningAddress();
}

/// <summary>A program that stopped by itself.</summary>
internal sealed record StoppedProgram(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

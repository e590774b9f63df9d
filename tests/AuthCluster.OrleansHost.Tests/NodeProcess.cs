using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using AuthCluster.Contract;

namespace AuthCluster.OrleansHost.Tests;

/// <summary>A node, or an embedded server: the real program as a process of its own.</summary>
internal sealed partial class NodeProcess : IRunningServer
{
    public static readonly Uri AnyPort = new("http://127.0.0.1:0");

    private const string Node = "AuthCluster.OrleansHost.dll";
    private const string Embedded = "AuthCluster.EmbeddedHost.dll";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(ProcessStartInfo command)
    {
        _process = new Process { StartInfo = command };
        // Both streams are read to the end: a program whose output nobody takes stands still.
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri BaseAddress { get; private set; } = null!;

    /// <param name="settings">As <c>Section:Key=value</c>.</param>
    public static Task<NodeProcess> StartAsync(params string[] settings) => StartAsync(Serve(Node, AnyPort, settings));

    /// <inheritdoc cref="StartAsync(string[])"/>
    public static Task<NodeProcess> StartAsync(Uri url, params string[] settings) => StartAsync(Serve(Node, url, settings));

    /// <inheritdoc cref="StartAsync(string[])"/>
    public static Task<NodeProcess> StartEmbeddedAsync(params string[] settings) => StartAsync(Serve(Embedded, AnyPort, settings));

    private static async Task<NodeProcess> StartAsync(ProcessStartInfo command)
    {
        var node = new NodeProcess(command);
        await Task.WhenAny(node._listening.Task, node._process.WaitForExitAsync()).WaitAsync(Patience);
        if (!node._listening.Task.IsCompleted)
            throw new InvalidOperationException($"The node stopped with {node._process.ExitCode}. It said:\n{node._said}");
        node.BaseAddress = await node._listening.Task;
        return node;
    }

    /// <summary>Starts the program where it is expected to stop by itself, and gives the exit code and what it said.</summary>
    public static Task<(int ExitCode, string Said)> RunToEndAsync(Uri url, params string[] settings) =>
        RunToEndAsync(Serve(Node, url, settings));

    public static Task<(int ExitCode, string Said)> ExportAsync(string file, params string[] settings) =>
        RunToEndAsync(Command(Embedded, ["export", "--to", file], settings));

    public static Task<(int ExitCode, string Said)> ImportAsync(string file, params string[] settings) =>
        RunToEndAsync(Command(Node, ["import", "--from", file], settings));

    /// <summary>Runs a command of the program against the cluster.</summary>
    /// <param name="input">What it reads.</param>
    public static Task<(int ExitCode, string Said)> CommandAsync(string input, string[] arguments, params string[] settings)
    {
        var command = Command(Node, arguments, settings);
        command.RedirectStandardInput = true;
        return RunToEndAsync(command, input);
    }

    private static async Task<(int ExitCode, string Said)> RunToEndAsync(ProcessStartInfo command, string? input = null)
    {
        await using var node = new NodeProcess(command);
        if (input is not null)
        {
            await node._process.StandardInput.WriteAsync(input);
            node._process.StandardInput.Close();
        }

        await node._process.WaitForExitAsync().WaitAsync(Patience);
        return (node._process.ExitCode, node._said.ToString());
    }

    /// <summary>Ports that nobody listens on at the moment.</summary>
    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    /// <summary>As by <c>kill -9</c>.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Hear(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
        if (ListeningAddress().Match(line ?? "") is { Success: true } match)
            _listening.TrySetResult(new Uri(match.Groups["url"].Value));
    }

    private static ProcessStartInfo Serve(string program, Uri url, IEnumerable<string> settings) =>
        Command(program, ["--urls", url.OriginalString], settings);

    private static ProcessStartInfo Command(string program, IEnumerable<string> arguments, IEnumerable<string> settings)
    {
        var command = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        command.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (var argument in arguments.Concat(settings.Select(setting => $"--AuthCluster:{setting}")))
            command.ArgumentList.Add(argument);
        return command;
    }

    [GeneratedRegex(@"^AuthCluster listens on (?<url>http://127\.0\.0\.1:[1-9]\d*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListeningAddress();
}

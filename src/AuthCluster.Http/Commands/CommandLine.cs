using System.CommandLine;
using AuthCluster.Http.Settings;

namespace AuthCluster.Http.Commands;

/// <summary>
/// The command line of a host: without a command it serves, with one it does that. Settings may stand in both, as <c>--Section:Key=value</c> or
/// <c>--Section:Key value</c>. What is not known stops with exit code 2, so that a mistyped command never starts a server.
/// </summary>
public static class CommandLine
{
    private const int WrongCommandLine = 2;

    /// <param name="serve">Serves by what the command line says, and gives the exit code.</param>
    /// <param name="options">Options of <paramref name="serve"/> that are no settings.</param>
    /// <param name="commands">What the host can do besides. Each hands its settings on by <see cref="SettingsOf"/>.</param>
    public static async Task<int> RunAsync(string[] args, string description, Func<ParseResult, Task<int>> serve, Option[] options, params Command[] commands)
    {
        var root = new RootCommand(description) { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((parsed, _) => serve(parsed));
        foreach (var option in options)
            root.Options.Add(option);
        foreach (var command in commands)
        {
            command.TreatUnmatchedTokensAsErrors = false;
            root.Subcommands.Add(command);
        }

        var parsed = root.Parse(args);
        var fault = parsed.Errors.Count > 0 ? parsed.Errors[0].Message : FaultOf(parsed, commands);
        if (fault is null)
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        await Console.Error.WriteLineAsync(fault);
        return WrongCommandLine;
    }

    /// <summary>The settings among the arguments.</summary>
    public static string[] SettingsOf(ParseResult parsed) => [.. parsed.UnmatchedTokens];

    private static string? FaultOf(ParseResult parsed, Command[] commands)
    {
        var tokens = parsed.UnmatchedTokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].StartsWith("--", StringComparison.Ordinal))
                return Unknown(tokens[i], commands.Select(command => command.Name));
            var separator = tokens[i].IndexOf('=', StringComparison.Ordinal);
            var key = separator < 0 ? tokens[i][2..] : tokens[i][2..separator];
            if (!KnownSettings.MayStandOnCommandLine(key))
                return Unknown($"--{key}", KnownSettings.CommandLineKeys.Select(name => $"--{name}"));
            if (separator >= 0)
                continue;
            if (++i == tokens.Count)
                return $"{tokens[i - 1]}: a value must follow.";
        }

        return null;
    }

    private static string Unknown(string argument, IEnumerable<string> known) =>
        known.MinBy(name => EditDistance.Between(name, argument)) is { } nearest
            ? $"{argument} is not known; the nearest is {nearest}. See --help."
            : $"{argument} is not known. See --help.";
}

using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AuthCluster.Http.Logs;

/// <summary>
/// A line of the console for each event. A stack is written for bugs alone. What the machinery of a cluster says when a node or the store is
/// gone follows from what this server says itself, by the thousand: it is cut down to a few lines a minute, unless the settings name
/// a level for it.
/// </summary>
internal sealed class LineFormatter(TimeProvider time, IConfiguration configuration) : ConsoleFormatter(Format)
{
    /// <summary>For <c>Logging:Console:FormatterName</c>.</summary>
    public const string Format = "line";

    private static readonly string[] MachineryCategories = ["Orleans", "Polly", "Azure", "Npgsql"];

    private readonly MachineryNotes _notes = new(time);

    private readonly string[] _machinery = [.. MachineryCategories.Where(category => !NamesLevelOf(configuration, category))];

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (IsMachinery(logEntry.Category))
        {
            if (_notes.Tell(logEntry.Category, logEntry.EventId.Id, message, logEntry.Exception) is { } note)
                WriteLine(textWriter, logEntry.LogLevel, logEntry.Category, note);
            return;
        }

        WriteLine(textWriter, logEntry.LogLevel, logEntry.Category, logEntry.Exception is { } bug ? $"{message} {bug}" : message);
    }

    private static bool NamesLevelOf(IConfiguration configuration, string category) => configuration.GetSection("Logging:LogLevel").GetChildren()
        .Any(level => level.Key == category || level.Key.StartsWith(category + ".", StringComparison.Ordinal));

    private bool IsMachinery(string category) => Array.Exists(
        _machinery, machinery => category.StartsWith(machinery, StringComparison.Ordinal) && (category.Length == machinery.Length || category[machinery.Length] == '.'));

    private void WriteLine(TextWriter writer, LogLevel level, string category, string text)
    {
        writer.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.Write($" {Short(level)}: {category} ");
        writer.WriteLine(text.ReplaceLineEndings(" "));
    }

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "No level of an entry."),
    };
}

using System.Globalization;

namespace AuthCluster.Histories.Recording;

/// <summary>What the servers were set to, as far as it says what they may do. The first line of a history.</summary>
internal sealed record HistorySettings(int DeviceLimit, TimeSpan RefreshGrace)
{
    private const string Mark = "# AuthCluster history 2";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Mark} device-limit={DeviceLimit} refresh-grace={RefreshGrace.TotalMilliseconds}");

    public static HistorySettings Read(string? line)
    {
        if (line?.StartsWith(Mark, StringComparison.Ordinal) != true)
            throw new FormatException($"A history begins with \"{Mark}\".");
        var settings = line[Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
        return new HistorySettings((int)settings["device-limit"], TimeSpan.FromMilliseconds(settings["refresh-grace"]));
    }
}

/// <summary>Everything that all clients did and saw, in no particular order.</summary>
internal sealed class History
{
    private History(HistorySettings settings, List<Operation> operations)
    {
        Settings = settings;
        Operations = operations;
    }

    public HistorySettings Settings { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public static History Of(HistorySettings settings, IEnumerable<Operation> operations) => new(settings, Settle([.. operations]));

    public static History Read(string path)
    {
        using var reader = new StreamReader(path);
        var settings = HistorySettings.Read(reader.ReadLine());
        var operations = new List<Operation>();
        while (reader.ReadLine() is { } line)
            operations.Add(HistoryLine.Read(line));
        return new History(settings, Settle(operations));
    }

    /// <summary>
    /// An act whose outcome nobody knows may still be under way long after its client gave up: it ends with the process that it was sent to.
    /// </summary>
    private static List<Operation> Settle(List<Operation> operations)
    {
        var kills = operations.Where(operation => operation.Kind == OperationKind.Restart).OrderBy(restart => restart.Start).ToList();
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            if (!operation.Unknown || operation.Kind == OperationKind.Restart)
                continue;
            var kill = kills.FindIndex(kill => kill.Node == operation.Node && kill.End > operation.Start);
            operations[i] = operation with { End = kill < 0 ? Operation.Never : Math.Max(operation.End, kills[kill].Start) };
        }

        return operations;
    }
}

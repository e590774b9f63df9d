using System.Globalization;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Checking;

/// <summary>One rule: how often a history put it to the test, and how often it did not hold.</summary>
internal sealed class Rule(string promise)
{
    private const int ExamplesKept = 5;

    private readonly List<string> _examples = [];

    public string Promise => promise;

    public long Checked { get; private set; }

    public long Violations { get; private set; }

    /// <summary>The first violations, each with what shows it.</summary>
    public IReadOnlyList<string> Examples => _examples;

    public void Hold(bool holds, in Operation operation, string expectation, long since)
    {
        Checked++;
        if (holds)
            return;
        Violations++;
        if (_examples.Count >= ExamplesKept)
            return;
        Span<char> line = stackalloc char[HistoryLine.MaxLength];
        var length = HistoryLine.Write(line, operation);
        _examples.Add(string.Create(CultureInfo.InvariantCulture, $"{expectation} {since}: {line[..length].TrimEnd('\n')}"));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{promise}: {Checked} checked, {Violations} violations");
}

using System.Globalization;

namespace AuthCluster.Benchmarks.Harness;

/// <summary>One line of the report.</summary>
/// <param name="Detail">What the figure was worked out from; empty where it speaks for itself.</param>
/// <param name="Target"><c>null</c> for figures that are only reported.</param>
internal sealed record Figure(string Section, string What, Sample Value, string Unit, string Detail = "", Target? Target = null)
{
    public string Measured
    {
        get
        {
            var spread = Value.Lowest < Value.Highest ? $" ({Number(Value.Lowest)}–{Number(Value.Highest)})" : "";
            return $"{Number(Value.Median)} {Unit}{spread}{(Detail.Length == 0 ? "" : $"; {Detail}")}";
        }
    }

    public bool? IsMet => Target?.IsMetBy(Value.Median);

    /// <summary>Three digits are more than the noise leaves.</summary>
    public static string Number(double value) => value switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.ToString("F2", CultureInfo.InvariantCulture),
    };
}

internal sealed record Target(double Bound, bool AtLeast)
{
    public static Target NotUnder(double bound) => new(bound, AtLeast: true);

    public static Target NotOver(double bound) => new(bound, AtLeast: false);

    public bool IsMetBy(double value) => AtLeast ? value >= Bound : value <= Bound;

    public string Describe(string unit) => string.Create(CultureInfo.InvariantCulture, $"{(AtLeast ? '≥' : '≤')} {Bound:#,0.##} {unit}");
}

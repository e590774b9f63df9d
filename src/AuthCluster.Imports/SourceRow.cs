namespace AuthCluster.Imports;

/// <summary>One user as the other system has it: its columns by name, whatever their case.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Fault">Why the row cannot be read at all.</param>
internal sealed record SourceRow(long Number, IReadOnlyDictionary<string, string?> Columns, string? Fault = null)
{
    /// <summary>Where it is in no column of its own.</summary>
    public SourceSecondFactor? SecondFactor { get; init; }

    public static SourceRow Broken(long number, string fault) => new(number, new Dictionary<string, string?>(), fault);

    /// <summary>The column, or <c>null</c> where it is missing or empty.</summary>
    public string? this[string column] => Columns.GetValueOrDefault(column) is { Length: > 0 } value ? value : null;
}

using System.Globalization;
using CsvHelper;

namespace AuthCluster.Imports;

/// <summary>A line for each row, in CSV, where the operator wants one; and how many there were of each kind. For calls from several threads.</summary>
internal sealed class ImportReport : IDisposable
{
    private const int NamedOnStandardError = 20;

    private readonly Lock _lock = new();
    private readonly CsvWriter? _file;
    private long _rows;
    private long _imported;
    private long _known;
    private long _needReset;
    private long _deactivated;
    private long _byAddressAlone;

    public ImportReport(Stream? file)
    {
        _file = file is null ? null : new CsvWriter(new StreamWriter(file), CultureInfo.InvariantCulture);
        Write("row", "source_id", "id", "outcome", "reason");
    }

    public long Refused { get; private set; }

    public void Add(ImportedRow row)
    {
        lock (_lock)
        {
            _rows++;
            Count(row);
            Write(
                row.Number.ToString(CultureInfo.InvariantCulture), row.SourceId, row.Id?.ToString() ?? "", row.Outcome.ToString().ToLowerInvariant(), row.Reason ?? "");
        }
    }

    /// <summary>For the last line of standard output.</summary>
    public string Summary(bool isDryRun)
    {
        var signIn = _imported - _needReset - _deactivated - _byAddressAlone;
        var byAddress = _byAddressAlone == 0 ? "" : $"{_byAddressAlone} by address alone, ";
        var detail = $"{signIn} sign in unchanged, {byAddress}{_needReset} need a new password, {_deactivated} are deactivated";
        return isDryRun
            ? $"{_rows} rows: {_imported} would be imported ({detail}), {_known} known, {Refused} refused"
            : $"{_rows} rows: {_imported} imported, {_known} known, {Refused} refused";
    }

    public void Dispose() => _file?.Dispose();

    private void Count(ImportedRow row)
    {
        if (row.Outcome == ImportOutcome.Known)
            _known++;
        if (row.Outcome == ImportOutcome.Refused && ++Refused <= NamedOnStandardError && _file is null)
            Console.Error.WriteLine($"row {row.Number} is refused: {row.Reason}");
        if (row.Outcome != ImportOutcome.Imported)
            return;
        _imported++;
        _needReset += row.Reason is "no_password" or "unknown_hash" ? 1 : 0;
        _deactivated += row.Reason is "deactivated" ? 1 : 0;
        _byAddressAlone += ImportNotes.LoseTheUsername(row.Reason) ? 1 : 0;
    }

    private void Write(params string[] fields)
    {
        if (_file is null)
            return;
        foreach (var field in fields)
            _file.WriteField(field);
        _file.NextRecord();
    }
}

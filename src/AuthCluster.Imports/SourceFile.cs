using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Data.Sqlite;

namespace AuthCluster.Imports;

/// <summary>The rows of a file, read one after the other: CSV with a header, JSON lines, or a table of a SQLite file; told by what the file begins with.</summary>
internal static class SourceFile
{
    private const string SqliteHeader = "SQLite format 3\0";

    /// <param name="table">Of a SQLite file.</param>
    /// <exception cref="BadConfigurationException">The file cannot be read, or has no such table.</exception>
    public static IEnumerable<SourceRow> Read(string path, string table)
    {
        var start = Start(path);
        if (start == SqliteHeader)
            return ReadTable(path, table);
        return start.TrimStart('\uFEFF', ' ', '\r', '\n').StartsWith('{') ? ReadJsonLines(path) : ReadCsv(path);
    }

    public static bool IsSqlite(string path) => Start(path) == SqliteHeader;

    private static string Start(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[SqliteHeader.Length];
            return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadConfigurationException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static IEnumerable<SourceRow> ReadCsv(string path)
    {
        using var file = new StreamReader(path);
        using var csv = new CsvReader(file, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null });
        if (!csv.Read() || !csv.ReadHeader())
            yield break;
        var header = csv.HeaderRecord!;
        for (var number = 1L; csv.Read(); number++)
        {
            var columns = Columns();
            for (var i = 0; i < header.Length; i++)
                columns[header[i].Trim()] = csv.GetField(i);
            yield return new SourceRow(number, columns);
        }
    }

    private static IEnumerable<SourceRow> ReadJsonLines(string path)
    {
        var number = 0L;
        foreach (var line in File.ReadLines(path))
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return ReadObject(line, ++number);
        }
    }

    private static SourceRow ReadObject(string line, long number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Row(json.RootElement, number) : SourceRow.Broken(number, "no_object");
        }
        catch (JsonException)
        {
            return SourceRow.Broken(number, "no_json");
        }
    }

    /// <summary>The members of an object; what Django's <c>dumpdata</c> nests under <c>fields</c>, too. Lists become one text with commas.</summary>
    internal static SourceRow Row(JsonElement json, long number)
    {
        var columns = Columns();
        foreach (var member in json.EnumerateObject())
        {
            if (member is { Name: "fields", Value.ValueKind: JsonValueKind.Object })
                member.Value.EnumerateObject().ToList().ForEach(field => columns[field.Name] = Text(field.Value));
            else
                columns[member.Name] = Text(member.Value);
        }

        return new SourceRow(number, columns);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };

    private static IEnumerable<SourceRow> ReadTable(string path, string table)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        using var rows = Execute(command, path);
        for (var number = 1L; rows.Read(); number++)
        {
            var columns = Columns();
            for (var i = 0; i < rows.FieldCount; i++)
                columns[rows.GetName(i)] = rows.IsDBNull(i) ? null : Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture);
            yield return new SourceRow(number, columns);
        }
    }

    private static SqliteDataReader Execute(SqliteCommand command, string path)
    {
        try
        {
            return command.ExecuteReader();
        }
        catch (SqliteException fault)
        {
            throw new BadConfigurationException($"{path} cannot be read: {fault.Message} Name the table of users by --table.", fault);
        }
    }

    private static Dictionary<string, string?> Columns() => new(StringComparer.OrdinalIgnoreCase);
}

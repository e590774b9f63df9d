using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AuthCluster.Benchmarks.Harness;

/// <summary>Everything that was measured, as a table and as JSON.</summary>
internal sealed class Report(string machine, bool isShort)
{
    private const string ShortNotice = "A short run: it shows that everything runs; its figures mean little.";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Figure> _figures = [];

    public void Add(IEnumerable<Figure> figures) => _figures.AddRange(figures);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        if (isShort)
            text.Append(ShortNotice).Append("\n\n");
        text.Append(machine).Append("\n\n| what | measured: median (lowest–highest) | target | |\n|---|---|---|---|\n");
        foreach (var figure in _figures)
        {
            var verdict = figure.IsMet switch { true => "ok", false => "short", null => "" };
            text.Append("| ").Append(figure.What)
                .Append(" | ").Append(figure.Measured)
                .Append(" | ").Append(figure.Target?.Describe(figure.Unit))
                .Append(" | ").Append(verdict).Append(" |\n");
        }

        return text.ToString();
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Machine = machine,
            Short = isShort,
            Figures = _figures.Select(figure => new
            {
                figure.Section,
                figure.What,
                figure.Value.Median,
                figure.Value.Lowest,
                figure.Value.Highest,
                figure.Unit,
                figure.Detail,
                Target = figure.Target?.Describe(figure.Unit),
                Met = figure.IsMet,
            }),
        },
        Readable);
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace AuthCluster.Imports;

/// <summary>The options of <c>users import</c>.</summary>
internal sealed class ImportOptions
{
    private readonly Option<string> _format = new("--format") { Description = $"One of {string.Join(", ", Formats)}.", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Says what would happen, and changes nothing." };
    private readonly Option<bool> _superusers = new("--superusers-are-admins") { Description = "Django's superusers get the role admin." };
    private readonly Option<bool> _verified = new("--emails-are-verified") { Description = "The other system had every address confirmed." };
    private readonly Option<bool> _withoutSecondFactors = new("--without-second-factors") { Description = "Users log in by their passwords alone until they turn one on here." };
    private readonly Option<string> _parameters = new("--hash-parameters") { Description = "Firebase: a JSON file with the project's password hash parameters." };
    private readonly Option<string[]> _map = new("--map")
    {
        Description = $"column=field, where the file's columns are called otherwise. Fields: {string.Join(", ", ImportField.All)}. May be given several times.",
    };

    public ImportOptions()
    {
        _format.Validators.Add(result => Require(result, Formats.Contains(result.GetValueOrDefault<string>()), $"--format: one of {string.Join(", ", Formats)}."));
        _map.Validators.Add(result => Require(
            result,
            result.GetValueOrDefault<string[]>() is not { } maps || maps.All(map => ImportField.All.Contains(Field(map))),
            $"--map: column=field, where field is one of {string.Join(", ", ImportField.All)}."));
    }

    public Option<string> From { get; } = new("--from") { Description = "The file with the users.", Required = true };

    public Option<string> Report { get; } = new("--report") { Description = "A CSV file to make, with a line for each row." };

    public Option<string> Revoked { get; } = new("--revoked") { Description = "A file with one jti a line: tokens that are dead in the other system." };

    public Option<string> Table { get; } = new("--table") { Description = "SQLite: the table with the users." };

    private static IEnumerable<string> Formats => ImportFormat.All.Select(format => format.Name);

    public void AddTo(Command command)
    {
        Option[] options = [From, _format, _dryRun, Report, Revoked, Table, _map, _superusers, _verified, _withoutSecondFactors, _parameters];
        foreach (var option in options)
            command.Options.Add(option);
    }

    public ImportWishes Wishes(ParseResult parsed)
    {
        var format = ImportFormat.All.Single(format => format.Name == parsed.GetRequiredValue(_format));
        var maps = (parsed.GetValue(_map) ?? []).Select(map => KeyValuePair.Create(Field(map), map[..map.IndexOf('=', StringComparison.Ordinal)]));
        return new ImportWishes(format.With(maps), parsed.GetValue(_dryRun), parsed.GetValue(_superusers), parsed.GetValue(_verified), parsed.GetValue(_withoutSecondFactors));
    }

    public FirebaseParameters? Firebase(ParseResult parsed) => parsed.GetValue(_parameters) is { } path ? FirebaseParameters.Read(path) : null;

    private static string Field(string map) => map.Contains('=', StringComparison.Ordinal) ? map[(map.IndexOf('=', StringComparison.Ordinal) + 1)..] : "";

    private static void Require(OptionResult result, bool kept, string message)
    {
        if (!kept)
            result.AddError(message);
    }
}

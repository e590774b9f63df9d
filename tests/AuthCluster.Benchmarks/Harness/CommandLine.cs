using System.Globalization;

namespace AuthCluster.Benchmarks.Harness;

/// <summary>What to measure, and how thoroughly.</summary>
internal sealed record CommandLine
{
    private const string Usage =
        "Usage: AuthCluster.Benchmarks [--only a,b,c,d,e,f] [--short] [--json <path>] [--directory <path>] [--connections <n>] [--depth <n>]"
        + " [--cluster <AuthCluster.OrleansHost.dll> [--cluster-setting Section:Key=value]…]";

    public IReadOnlyList<string> Sections { get; private set; } = [];

    /// <summary>A run of seconds that shows that everything runs. Its figures mean little.</summary>
    public bool Short { get; private set; }

    public string? JsonPath { get; private set; }

    /// <summary>Where databases are made. It has to be on a real disk: the cost of a durable write is what is measured.</summary>
    public string Directory { get; private set; } = "benchmark-data";

    /// <summary>Of the load process.</summary>
    public int Connections { get; private set; } = 32;

    /// <summary>Requests under way on each connection.</summary>
    public int Depth { get; private set; } = 1;

    /// <summary>Path of <c>AuthCluster.OrleansHost.dll</c>, which is built on its own; without it (f) is left out.</summary>
    public string? ClusterProgram { get; private set; }

    /// <summary>Settings of the cluster's nodes, such as those of its storage; without any it keeps everything in memory.</summary>
    public List<string> ClusterSettings { get; } = [];

    public static CommandLine? Parse(string[] args, IReadOnlyList<string> sections, out string fault)
    {
        var parsed = new CommandLine { Sections = sections };
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            if (args[i] == "--short")
                parsed.Short = true;
            else if (value is not null && parsed.TrySet(args[i], value))
                i++;
            else
            {
                fault = $"{args[i]} is not understood here.\n{Usage}";
                return null;
            }
        }

        fault = $"--only names something else than {string.Join(',', sections)}.";
        return parsed.Sections.All(sections.Contains) ? parsed : null;
    }

    public RunDirectory NewDirectory(string name) => new(Directory, name);

    private bool TrySet(string option, string value)
    {
        switch (option)
        {
            case "--only":
                Sections = value.Split(',');
                return true;
            case "--json":
                JsonPath = value;
                return true;
            case "--directory":
                Directory = value;
                return true;
            case "--cluster":
                ClusterProgram = value;
                return true;
            case "--cluster-setting":
                ClusterSettings.Add(value);
                return true;
            case "--connections":
                return TryCount(value, 1024, out var connections) && (Connections = connections) > 0;
            case "--depth":
                return TryCount(value, 64, out var depth) && (Depth = depth) > 0;
            default:
                return false;
        }
    }

    private static bool TryCount(string value, int limit, out int count) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out count) && count >= 1 && count <= limit;
}

using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Xunit;

namespace AuthCluster.Tests.Operations;

/// <summary>The dashboard in docs shows what there is.</summary>
public sealed partial class DashboardTests
{
    [Fact]
    public void The_dashboard_and_the_page_name_every_metric_and_no_other()
    {
        Telemetry.CountLogin("granted");
        var instruments = Instruments();

        var shown = Shown().Matches(File.ReadAllText(Path.Combine(Repository, "docs", "grafana.json"))).Select(match => match.Value).Distinct();
        var described = Described().Matches(File.ReadAllText(Path.Combine(Repository, "docs", "telemetry.md"))).Select(match => match.Groups["name"].Value).Distinct();

        Assert.Equal(instruments.Select(PrometheusNameOf).Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        Assert.Equal(instruments.Select(instrument => instrument.Name).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    private static string Repository { get; } = FindRepository();

    private static List<Instrument> Instruments()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Telemetry.Name)
                    instruments.Add(instrument);
            },
        };
        listener.Start();
        return instruments;
    }

    /// <summary>As collectors translate it: a unit that is a word, and what is counted only upwards, are endings.</summary>
    private static string PrometheusNameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument is Counter<long> ? $"{name}_total" : name;
    }

    private static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "AuthCluster.sln")))
            directory = directory.Parent;
        return directory.FullName;
    }

    [GeneratedRegex(@"authcluster_(?!outcome|scope|cause)[a-z_]+?(?=_bucket|_count|[^a-z_])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shown();

    [GeneratedRegex(@"`(?<name>authcluster\.(?!outcome|scope|cause)[a-z.]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Described();
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using AuthCluster.Client.Checks;

namespace AuthCluster.Client;

/// <summary>The meter <see cref="AuthClusterBearerDefaults.MeterName"/>.</summary>
internal sealed class ClientMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _judged;
    private readonly Counter<long> _revocations;
    private readonly Histogram<double> _introspections;

    public ClientMetrics(IMeterFactory meters, KnownRevocations revocations)
    {
        _meter = meters.Create(AuthClusterBearerDefaults.MeterName);
        _judged = _meter.CreateCounter<long>("authcluster.client.tokens", "{token}", "Tokens by verdict and by what it was based on.");
        _revocations = _meter.CreateCounter<long>("authcluster.client.revocations", "{revocation}", "Revocations that the server told.");
        _introspections = _meter.CreateHistogram<double>("authcluster.client.introspection.duration", "s", "Questions about a token.");
        _meter.CreateObservableGauge(
            "authcluster.client.feed.staleness",
            () => revocations.Staleness is { } age ? [new Measurement<double>(age.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "How old what is known of revocations may be.");
    }

    public void Judged(Verdict verdict, string source)
    {
        if (_judged.Enabled)
            _judged.Add(1, new KeyValuePair<string, object?>("verdict", NameOf(verdict)), new KeyValuePair<string, object?>("source", source));
    }

    public void Revoked() => _revocations.Add(1);

    public void Introspected(TimeSpan duration, bool isAnswered) =>
        _introspections.Record(duration.TotalSeconds, new TagList { { "answered", isAnswered } });

    public void Dispose() => _meter.Dispose();

    private static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => "accepted",
        Verdict.Unknown => "unknown",
        _ => "refused",
    };
}

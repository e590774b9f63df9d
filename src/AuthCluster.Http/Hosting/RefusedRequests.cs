using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Http.Hosting;

/// <summary>
/// Says once an hour how many requests the server refused before routing, and with which status. Their users see a bare 400, or a 500 of the
/// proxy in between, and the server's own log of them is off because it quotes headers.
/// </summary>
internal sealed partial class RefusedRequests(DiagnosticListener diagnostics, TimeProvider time, ILogger<RefusedRequests> logger)
    : IHostedService, IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, int> _counts = [];
    private DateTimeOffset _saidAt = DateTimeOffset.MinValue;
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = diagnostics.Subscribe(this, name => name == BadRequest);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is IFeatureCollection features && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException refused)
            Count(refused.StatusCode);
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    private void Count(int status)
    {
        string summary;
        lock (_lock)
        {
            _counts[status] = _counts.GetValueOrDefault(status) + 1;
            var now = time.GetUtcNow();
            if (now - _saidAt < Quiet)
                return;
            _saidAt = now;
            summary = string.Join(", ", _counts.Select(count => $"{count.Key} ({Reason(count.Key)}) {count.Value} times"));
            _counts.Clear();
        }

        LogRefused(summary);
    }

    private static string Reason(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "malformed",
        StatusCodes.Status408RequestTimeout => "too slow",
        StatusCodes.Status413PayloadTooLarge => "body too large",
        StatusCodes.Status414UriTooLong => "request line too long",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "headers too large or too many",
        _ => "not HTTP as this server speaks it",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Requests refused before routing: {Summary}. This is said once an hour")]
    private partial void LogRefused(string summary);
}

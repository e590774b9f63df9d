using System.Collections.Concurrent;
using System.Text;
using AuthCluster.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>What the server tells a collector of OpenTelemetry, and what it tells nobody.</summary>
public sealed class TelemetryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_collector_learns_what_happens_and_to_nobody_in_particular()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await EmbeddedServerProcess.StartAsync(SettingsFor(collector));
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        var api = new ApiClient(http);
        var session = await api.SignUpAsync();
        (await api.TryLoginAsync(session.User.Email, "wrong password 77")).AssertProblem(401, "invalid_credentials");
        (await api.GetAsync("/api/forward-auth/some/private-path?secret=query", session.Access)).AssertEmpty(200);
        (await api.GetAsync("/api/forward-auth", "a.b.c")).AssertStatus(401);
        (await api.GetAsync($"/api/admin/users/{session.User.Id}", session.Access)).AssertStatus(403);
        var refreshed = Session.Of(session.User, await api.TryRefreshAsync(session.Refresh));
        (await api.PostAsync("/api/user/logout/all", token: refreshed.Access)).AssertEmpty(204);

        string[] told =
        [
            "authcluster.logins", "granted", "invalid_credentials",
            "authcluster.token.validation.duration", "accepted", "refused",
            "authcluster.revocations", "logout_all",
            "authcluster.commit.duration", "saved",
            "authcluster.password.hash.duration", "authcluster.password.hash.queue",
            "authcluster.accounts.resident", "authcluster.sessions.resident",
            "http.server.request.duration", "dotnet.gc.collections",
            "act RefreshSession", "commit", "POST /api/user/logout/all",
        ];
        await collector.WaitForAsync(told);

        var everything = collector.Received;
        string[] secret =
        [
            session.User.Email, session.User.Id, session.User.Password, "wrong password 77", session.Access, session.Refresh, session.DeviceToken,
            session.DeviceId, refreshed.Access, refreshed.Refresh, "a.b.c", "private-path", "secret=query",
        ];
        Assert.All(secret, value => Assert.DoesNotContain(value, everything, StringComparison.OrdinalIgnoreCase));
    }

    private static Dictionary<string, string> SettingsFor(Collector collector) => new(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        ["Passwords:Cost"] = "Lowest",
    };

    /// <summary>Takes what is sent by OTLP. Text in protocol buffers is UTF-8 between other bytes.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _received = new();
        private readonly WebApplication _app;

        private Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.MapPost("/v1/{signal}", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                _received.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
            });
        }

        public string Url => _app.Urls.First();

        public string Received => string.Concat(_received);

        public static async Task<Collector> StartAsync()
        {
            var collector = new Collector();
            await collector._app.StartAsync();
            return collector;
        }

        public async Task WaitForAsync(IReadOnlyList<string> texts)
        {
            using var impatience = new CancellationTokenSource(Patience);
            while (texts.FirstOrDefault(text => !Received.Contains(text, StringComparison.Ordinal)) is { } missing)
            {
                Assert.False(impatience.IsCancellationRequested, $"Nothing was told of {missing}.");
                await Task.Delay(100);
            }
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}

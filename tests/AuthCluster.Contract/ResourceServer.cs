using System.Net.Http.Headers;
using System.Security.Claims;
using AuthCluster.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AuthCluster.Contract;

/// <summary>A service whose users log in at the server under test, with the client library.</summary>
public sealed class ResourceServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ResourceServer(WebApplication app)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public required ServerLink Link { get; init; }

    /// <summary>Started, and told of every revocation from now on.</summary>
    public static async Task<ResourceServer> StartAsync(Uri authority, Action<AuthClusterBearerOptions>? configure = null)
    {
        var link = new ServerLink();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization();
        builder.Services.AddHealthChecks().AddAuthCluster();
        builder.Services.AddAuthentication(AuthClusterBearerDefaults.AuthenticationScheme).AddAuthCluster(options =>
        {
            options.Authority = authority.ToString();
            (options.ClientId, options.ClientSecret) = (FeedReader.Id, FeedReader.Secret);
            options.BackchannelHandler = link;
            // Server and service are on one machine.
            options.ClockSkew = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.MapGet("/me", (ClaimsPrincipal user) => $"{user.Identity!.Name} {string.Join(',', user.FindAll("roles").Select(role => role.Value))}").RequireAuthorization();
        app.MapGet("/reports", () => "").RequireAuthorization(policy => policy.RequireRole("admin"));
        await app.StartAsync();
        var server = new ResourceServer(app) { Link = link };
        await server.UntilAsync(HealthStatus.Healthy);
        return server;
    }

    public async Task<Answer> GetAsync(string? token, string path = "/me")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Waits until the service says so of itself.</summary>
    public async Task UntilAsync(HealthStatus status)
    {
        var health = _app.Services.GetRequiredService<HealthCheckService>();
        using var impatience = new CancellationTokenSource(Patience);
        while ((await health.CheckHealthAsync(impatience.Token)).Status != status)
            await Task.Delay(TimeSpan.FromMilliseconds(20), impatience.Token);
    }

    /// <summary>Waits until a token is refused: what the server tells takes some milliseconds.</summary>
    public Task<Answer> UntilRefusedAsync(string token) => UntilAsync(token, 401);

    /// <summary>Waits until a token that was accepted is answered like that, and nothing else comes in between.</summary>
    public async Task<Answer> UntilAsync(string token, int status)
    {
        using var impatience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await GetAsync(token);
            if (answer.Status == status)
                return answer;
            answer.AssertStatus(200);
            await Task.Delay(TimeSpan.FromMilliseconds(5), impatience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        Link.Dispose();
    }
}

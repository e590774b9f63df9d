using AuthCluster.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace AuthCluster.OrleansHost.Tests.Cluster;

/// <summary>Several front doors behind one address: each request goes to the next of them, whatever connection it came by.</summary>
internal sealed class RoundRobinServer : IRunningServer
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private readonly WebApplication _app;
    private readonly IReadOnlyList<IRunningServer> _frontDoors;
    private int _next;

    private RoundRobinServer(IReadOnlyList<IRunningServer> frontDoors)
    {
        _frontDoors = frontDoors;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    public Uri BaseAddress => new(_app.Urls.First());

    public static async Task<RoundRobinServer> StartAsync(IReadOnlyList<IRunningServer> frontDoors)
    {
        var server = new RoundRobinServer(frontDoors);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var frontDoor in _frontDoors)
            await frontDoor.DisposeAsync();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        var next = _frontDoors[(int)((uint)Interlocked.Increment(ref _next) % (uint)_frontDoors.Count)];
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(next.BaseAddress, http.Request.GetEncodedPathAndQuery()));
        if (http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(http.Request.Body);
        // The host that the client knows: pages' sessions compare it with the origin.
        foreach (var (name, values) in http.Request.Headers.Where(header => header.Key is not "Transfer-Encoding"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!);
        }

        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            http.Response.Headers[name] = values.ToArray();
        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}

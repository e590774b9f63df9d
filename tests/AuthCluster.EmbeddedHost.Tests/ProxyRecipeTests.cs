using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AuthCluster.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests;

/// <summary>The configurations of proxies in docs/, by the real programs in front of a service that shows which headers reach it.</summary>
public sealed class ProxyRecipeTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = FreePort();
    private EmbeddedServerProcess _server = null!;
    private WebApplication _service = null!;
    private Process? _proxy;

    public async Task InitializeAsync()
    {
        _server = await EmbeddedServerProcess.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Passwords:Cost"] = "Lowest", ["Proxies:Trusted"] = "127.0.0.1" });
        var builder = WebApplication.CreateSlimBuilder();
        _service = builder.Build();
        _service.Urls.Add("http://127.0.0.1:0");
        _service.MapFallback((HttpContext http) => string.Join('\n', http.Request.Headers.Where(header => header.Key.StartsWith("X-Auth-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key}: {header.Value}")));
        await _service.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_proxy is { HasExited: false })
            _proxy.Kill(entireProcessTree: true);
        _proxy?.Dispose();
        await _service.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [ProgramFact("nginx")]
    public Task Behind_nginx_the_service_sees_who_it_is_and_a_log_out_counts_at_once()
    {
        var included = Write("recipe.conf", ReadRecipe("nginx.conf"));
        var main = Write("main.conf", $$"""
            user root;
            daemon off;
            pid {{_directory.Path}}/nginx.pid;
            error_log {{_directory.Path}}/error.log;
            events { }
            http {
                access_log off;
                client_body_temp_path {{_directory.Path}}/body;
                proxy_temp_path {{_directory.Path}}/proxy;
                fastcgi_temp_path {{_directory.Path}}/fastcgi;
                uwsgi_temp_path {{_directory.Path}}/uwsgi;
                scgi_temp_path {{_directory.Path}}/scgi;
                include {{included}};
            }
            """);
        return WalkAsync("nginx", "-c", main, "-p", _directory.Path);
    }

    [ProgramFact("caddy")]
    public Task Behind_Caddy_the_same() =>
        WalkAsync("caddy", "run", "--adapter", "caddyfile", "--config", Write("Caddyfile", "{\n\tadmin off\n}\n" + ReadRecipe("Caddyfile")));

    [Fact]
    public void The_readme_quotes_the_configuration_that_is_tested()
    {
        var readme = File.ReadAllText(Path.Combine(ReadmeWalk.RepositoryRoot, "README.md"));
        var quoted = readme.Split("```nginx\n")[1].Split("```")[0];

        Assert.Contains(Unindented(quoted), Unindented(ReadDocument("nginx.conf")), StringComparison.Ordinal);
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private async Task WalkAsync(string program, params string[] arguments)
    {
        using var own = new HttpClient { BaseAddress = _server.BaseAddress };
        var api = new ApiClient(own);
        var session = await api.SignUpAsync();
        _proxy = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false, Environment = { ["HOME"] = _directory.Path } })!;
        _proxy.ErrorDataReceived += (_, _) => { };
        _proxy.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        var visitor = new ApiClient(http);
        await ReadyAsync(http);

        (await visitor.GetAsync("/anything")).AssertStatus(401);
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/anything");
        forged.Headers.Authorization = new("Bearer", session.Access);
        foreach (var name in new[] { "X-Auth-User", "X-Auth-Email", "X-Auth-Email-Verified", "X-Auth-Roles", "X-Auth-Session", "X-Auth-Assertion" })
            forged.Headers.TryAddWithoutValidation(name, "forged");
        var seen = await visitor.SendAsync(forged);
        seen.AssertStatus(200);
        Assert.Contains($"X-Auth-User: {session.User.Id}", seen.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"X-Auth-Email: {session.User.Email}", seen.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("forged", seen.Text, StringComparison.Ordinal);

        (await api.PostAsync("/api/user/logout/all", token: session.Access)).AssertEmpty(204);

        (await visitor.GetAsync("/anything", session.Access)).AssertStatus(401);
    }

    private async Task ReadyAsync(HttpClient http)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                using var answer = await http.GetAsync("/");
                return;
            }
            catch (HttpRequestException) when (waited.Elapsed < Patience && !_proxy!.HasExited)
            {
                // Not yet.
            }
        }
    }

    private string ReadRecipe(string name) => ReadDocument(name)
        .Replace("127.0.0.1:8080", $"127.0.0.1:{_port}", StringComparison.Ordinal)
        .Replace("127.0.0.1:8000", _server.BaseAddress.Authority, StringComparison.Ordinal)
        .Replace("your-service", new Uri(_service.Urls.Single()).Authority, StringComparison.Ordinal);

    private static string ReadDocument(string name) => File.ReadAllText(Path.Combine(ReadmeWalk.RepositoryRoot, "docs", name));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_directory.Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

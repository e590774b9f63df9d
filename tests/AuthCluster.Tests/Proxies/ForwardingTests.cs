using System.Net;
using AuthCluster.Http.Proxies;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AuthCluster.Tests.Proxies;

/// <summary>What the front door puts in front of everything else makes of forwarding headers.</summary>
public sealed class ForwardingTests
{
    private static readonly TrustedProxies Trusted = new(new ProxyOptions { Trusted = ["10.0.0.0/8", "fd00::1", "::ffff:192.0.2.80"] });
    private static readonly TrustedProxies Nobody = new(new ProxyOptions());

    private readonly FakeTimeProvider _time = new();
    private readonly Warnings _warnings = new();

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("198.51.100.7:4711", "198.51.100.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7")]
    [InlineData("203.0.113.9, 198.51.100.7", "198.51.100.7")]
    [InlineData("203.0.113.9, 198.51.100.7, 10.0.0.2, 10.9.9.9:80, [fd00::1]:443", "198.51.100.7")]
    [InlineData("203.0.113.9,198.51.100.7 ,  192.0.2.80", "198.51.100.7")]
    [InlineData("10.0.0.3, 10.0.0.2", "10.0.0.3")]
    public async Task The_client_is_the_right_most_that_is_not_trusted(string forwardedFor, string client)
    {
        var http = await SendAsync(Trusted, "10.0.0.1", forwardedFor);

        Assert.Equal(client, Address(http));
    }

    [Theory]
    [InlineData("198.51.100.7, unknown", "10.0.0.1")]
    [InlineData("198.51.100.7, unknown, 10.0.0.2", "10.0.0.2")]
    [InlineData("_hidden", "10.0.0.1")]
    [InlineData("999.1.1.1", "10.0.0.1")]
    [InlineData("<script>", "10.0.0.1")]
    [InlineData("", "10.0.0.1")]
    [InlineData(null, "10.0.0.1")]
    public async Task What_is_no_address_ends_the_chain(string? forwardedFor, string client)
    {
        var http = await SendAsync(Trusted, "10.0.0.1", forwardedFor);

        Assert.Equal(client, Address(http));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fd00::1")]
    [InlineData("192.0.2.80")]
    public async Task A_trusted_proxy_is_believed(string peer)
    {
        var http = await SendAsync(Trusted, peer, "198.51.100.7", "https");

        Assert.Equal("198.51.100.7", Address(http));
        Assert.Equal("https", http.Request.Scheme);
        Assert.Empty(_warnings.Said);
    }

    [Theory]
    [InlineData("11.0.0.1")]
    [InlineData("fd00::2")]
    [InlineData("192.0.2.81")]
    [InlineData("127.0.0.1")]
    public async Task Nobody_else_is(string peer)
    {
        foreach (var proxies in new[] { Trusted, Nobody })
        {
            var http = await SendAsync(proxies, peer, "10.0.0.1", "https");

            Assert.Equal(peer, Address(http));
            Assert.Equal("http", http.Request.Scheme);
        }
    }

    [Fact]
    public async Task A_peer_without_an_address_is_not_trusted()
    {
        var http = await SendAsync(Trusted, peer: null, "198.51.100.7", "https");

        Assert.Null(http.Connection.RemoteIpAddress);
        Assert.Equal("http", http.Request.Scheme);
    }

    [Fact]
    public async Task Untrusted_forwarding_is_warned_of_once_an_hour()
    {
        var middleware = Middleware(Trusted);
        for (var i = 0; i < 100; i++)
            await middleware.InvokeAsync(Request("203.0.113.9", $"198.51.100.{i}"));
        var warning = Assert.Single(_warnings.Said);
        Assert.Contains("203.0.113.9", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100", warning, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromMilliseconds(1));
        await middleware.InvokeAsync(Request("203.0.113.9", forwardedFor: null, "https"));
        Assert.Single(_warnings.Said);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await middleware.InvokeAsync(Request("203.0.113.9", forwardedFor: null, "https"));
        Assert.Equal(2, _warnings.Said.Count);
    }

    [Fact]
    public async Task A_request_without_forwarding_headers_is_not_warned_of()
    {
        await SendAsync(Trusted, "203.0.113.9", forwardedFor: null);

        Assert.Empty(_warnings.Said);
    }

    private async Task<HttpContext> SendAsync(TrustedProxies proxies, string? peer, string? forwardedFor, string? forwardedProto = null)
    {
        var http = Request(peer, forwardedFor, forwardedProto);
        await Middleware(proxies).InvokeAsync(http);
        var options = new OptionsWrapper<ForwardedHeadersOptions>(proxies.ForwardedHeaders);
        if (proxies.Any)
            await new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, options).Invoke(http);
        return http;
    }

    private UntrustedForwardingMiddleware Middleware(TrustedProxies proxies) => new(_ => Task.CompletedTask, proxies, _time, _warnings);

    private static DefaultHttpContext Request(string? peer, string? forwardedFor, string? forwardedProto = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = "http";
        http.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        if (forwardedFor is not null)
            http.Request.Headers["X-Forwarded-For"] = forwardedFor;
        if (forwardedProto is not null)
            http.Request.Headers["X-Forwarded-Proto"] = forwardedProto;
        return http;
    }

    private static string Address(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress!;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private sealed class Warnings : ILogger<UntrustedForwardingMiddleware>
    {
        public List<string> Said { get; } = [];

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.Equal(LogLevel.Warning, logLevel);
            Said.Add(formatter(state, exception));
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using AuthCluster.Contract;
using AuthCluster.EmbeddedHost.Tests;
using Microsoft.Playwright;
using Xunit;

namespace AuthCluster.Browser.Tests;

/// <summary>A browser and a server for the tests of one class.</summary>
public sealed class Chromium : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _mails = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private EmbeddedServerProcess? _server;

    /// <summary>Where the screenshots of a run go.</summary>
    public static string Screenshots { get; } =
        Path.Combine(Environment.GetEnvironmentVariable("AUTHCLUSTER_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots"));

    public Mailbox Mails => new(_mails.Path);

    /// <summary>By name, since passkeys are for names alone.</summary>
    public string Origin => $"http://localhost:{_server!.BaseAddress.Port.ToString(CultureInfo.InvariantCulture)}";

    public async Task InitializeAsync()
    {
        // Every test is skipped then.
        if (BrowserFactAttribute.Executable is not { } executable)
            return;
        _server = await EmbeddedServerProcess.StartAsync(new Dictionary<string, string>
        {
            ["Passwords:Cost"] = "Lowest",
            ["RateLimits:PerAddress"] = "0",
            ["Bootstrap:AdminEmail"] = ContractSuite.AdministratorEmail,
            ["Bootstrap:AdminPassword"] = ContractSuite.AdministratorPassword,
            ["Mail:Directory"] = _mails.Path,
        });
        Assertions.SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        // Tests run as root in containers, where Chromium's own sandbox cannot.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public void Dispose() => _mails.Dispose();

    /// <summary>A user's browser, with cookies of its own.</summary>
    internal async Task<UserBrowser> OpenAsync(int width = 1000, ColorScheme colors = ColorScheme.Light, string? userAgent = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Origin,
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = colors,
            Locale = "en-GB",
            UserAgent = userAgent,
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return await UserBrowser.OfAsync(context, Origin);
    }
}

/// <summary>One user's browser. What pages must never do, it keeps: violations of their policy, errors, and requests to other hosts.</summary>
internal sealed class UserBrowser : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = [];

    private UserBrowser(IBrowserContext context) => _context = context;

    public IBrowserContext Context => _context;

    public static async Task<UserBrowser> OfAsync(IBrowserContext context, string origin)
    {
        var browser = new UserBrowser(context);
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', violation => console.error(`CSP: ${violation.violatedDirective} ${violation.blockedURI}`))");
        context.Console += (_, message) =>
        {
            // A status is no fault of the page: it is told to the user.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                browser._faults.Enqueue(message.Text);
        };
        context.WebError += (_, error) => browser._faults.Enqueue(error.Error);
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                browser._faults.Enqueue($"A request to {request.Url}");
        };
        return browser;
    }

    public async Task<PageWalk> NewTabAsync(string path = "/")
    {
        var page = await _context.NewPageAsync();
        await page.GotoAsync(path);
        return new PageWalk(page);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_faults);
    }
}

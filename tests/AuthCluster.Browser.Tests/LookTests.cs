using AuthCluster.Contract;
using Microsoft.Playwright;
using Xunit;

namespace AuthCluster.Browser.Tests;

/// <summary>How the pages look and feel, whatever they say.</summary>
public sealed class LookTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] Open = ["/", "/register", "/forgot", "/verify#token=x", "/email#token=x", "/not-me#token=x", "/reset#token=x", "/reset"];

    private static readonly string[] Own = ["/account", "/account/activity", "/account/security", "/account/profile", "/account/nowhere"];

    [BrowserFact]
    public async Task Every_page_is_accessible_and_fits_a_narrow_window_in_light_and_dark()
    {
        foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var browser = await chromium.OpenAsync(width: 320, colors);
            var tab = await browser.NewTabAsync();
            foreach (var path in Open)
                await LookAsync(tab, path);
            await tab.Page.GotoAsync("/");
            await tab.RegisterAsync();
            foreach (var path in Own)
                await LookAsync(tab, path);
        }
    }

    [BrowserFact]
    public async Task The_keyboard_alone_signs_in()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        var email = await tab.RegisterAsync();
        await tab.ClickAsync("Sign out");
        await tab.SeesHeadingAsync("Sign in");
        var keyboard = tab.Page.Keyboard;

        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync(email);
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync(PageWalk.Password);
        await keyboard.PressAsync("Enter");

        await tab.SeesHeadingAsync("Devices");
    }

    [BrowserFact]
    public async Task All_that_is_loaded_is_at_most_60_kilobytes()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        await tab.SeesHeadingAsync("Sign in");

        var loaded = await tab.Page.EvaluateAsync<int>(
            "performance.getEntries().filter(entry => entry.encodedBodySize).reduce((sum, entry) => sum + entry.encodedBodySize, 0)");

        Assert.InRange(loaded, 1, 60 * 1024);
    }

    [BrowserFact]
    public async Task Pictures_for_the_readme()
    {
        const string email = "ada@example.com";
        await using var browser = await chromium.OpenAsync(width: 640, userAgent: UserAgents.FirefoxOnLinux);
        await using var other = await chromium.OpenAsync(userAgent: UserAgents.LaterChromeOnWindows);
        var tab = await browser.NewTabAsync();
        await tab.RegisterAsync(email);
        var elsewhere = await other.NewTabAsync();
        await elsewhere.SignInAsync(email);
        await elsewhere.SeesHeadingAsync("Devices");
        await tab.Page.ReloadAsync();
        await tab.SeesAsync("Chrome on Windows");
        await tab.SnapAsync("devices");
        await tab.FollowAsync("Security");
        await tab.SeesHeadingAsync("Second factor");
        await tab.SnapAsync("security");
    }

    internal static async Task LookAsync(PageWalk tab, string path)
    {
        await tab.Page.GotoAsync(path);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await tab.AssertIsAccessibleAsync();
        await tab.AssertFitsAsync();
    }
}

using AuthCluster.Contract;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace AuthCluster.Browser.Tests;

/// <summary>A tab, and what a user does in it: fields by their labels, buttons and links by their names.</summary>
internal sealed class PageWalk(IPage page)
{
    public const string Password = "walnut ladder 4711 b";

    public IPage Page => page;

    public Task ClickAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FollowAsync(string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    public Task FillAsync(string label, string text) => page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task SeesAsync(string text) => Assertions.Expect(page.GetByText(text).First).ToBeVisibleAsync();

    public Task SeesHeadingAsync(string heading) =>
        Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();

    public Task SeesNoMoreAsync(string text) => Assertions.Expect(page.GetByText(text)).ToHaveCountAsync(0);

    /// <summary>The part of a page below a heading.</summary>
    public PageSection Section(string heading) => new(page.GetByRole(AriaRole.Region, new() { Name = heading, Exact = true }));

    /// <summary>From the start page to the devices of a new account.</summary>
    public async Task<string> RegisterAsync(string? name = null)
    {
        var email = name ?? ApiClient.NewEmail();
        await FollowAsync("Create an account");
        await FillAsync("E-mail address", email);
        await FillAsync("Password", Password);
        await ClickAsync("Create account");
        await SeesHeadingAsync("Devices");
        return email;
    }

    public async Task SignInAsync(string email, string password = Password)
    {
        await SeesHeadingAsync("Sign in");
        await FillAsync("E-mail address or user name", email);
        await FillAsync("Password", password);
        await ClickAsync("Sign in");
    }

    /// <summary>Turns the second factor on and gives the app that has it, and its emergency codes.</summary>
    public async Task<(Authenticator App, IReadOnlyList<string> Codes)> TurnOnSecondFactorAsync()
    {
        await FollowAsync("Security");
        var section = Section("Second factor");
        await section.FillAsync("Current password", Password);
        await section.ClickAsync("Set up an authenticator app");
        await Assertions.Expect(page.GetByAltText("QR code with the secret for an authenticator app")).ToBeVisibleAsync();
        var app = new Authenticator(await page.Locator(".secret").InnerTextAsync());
        await section.FillAsync("Code", await app.NextCodeAsync());
        await section.ClickAsync("Turn on");
        await SeesHeadingAsync("Emergency codes");
        return (app, await page.Locator(".codes code").AllInnerTextsAsync());
    }

    /// <summary>Asserts that a screen reader and a keyboard find their way: axe has no serious or critical finding.</summary>
    public async Task AssertIsAccessibleAsync()
    {
        var found = await page.RunAxe();
        var serious = found.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}");
        Assert.Empty(serious);
    }

    public async Task AssertFitsAsync()
    {
        var (needs, has) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("innerWidth"));
        Assert.True(needs <= has, $"{page.Url} needs {needs} pixels, and the window has {has}.");
    }

    public Task SnapAsync(string name) => page.ScreenshotAsync(new() { Path = Path.Combine(Chromium.Screenshots, $"{name}.png"), FullPage = true });
}

/// <summary>The part of a page below a heading.</summary>
internal sealed class PageSection(ILocator section)
{
    public Task ClickAsync(string button) => section.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FillAsync(string label, string text) => section.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task SeesAsync(string text) => Assertions.Expect(section.GetByText(text).First).ToBeVisibleAsync();
}

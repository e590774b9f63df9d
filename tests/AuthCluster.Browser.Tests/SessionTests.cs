using Xunit;

namespace AuthCluster.Browser.Tests;

/// <summary>Sessions of several tabs and browsers.</summary>
public sealed class SessionTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_session_that_is_ended_elsewhere_is_noticed_and_said_so()
    {
        await using var laptop = await chromium.OpenAsync();
        await using var phone = await chromium.OpenAsync(width: 400);
        var atLaptop = await laptop.NewTabAsync();
        var email = await atLaptop.RegisterAsync();
        var atPhone = await phone.NewTabAsync();
        await atPhone.SignInAsync(email);
        await atPhone.SeesHeadingAsync("Devices");
        await atLaptop.Page.ReloadAsync();

        await atLaptop.ClickAsync("Sign out Headless Chrome on Linux");

        await atLaptop.SeesAsync("Headless Chrome on Linux is signed out.");
        await atPhone.SeesAsync("Your session was ended elsewhere, or it has expired.");
        await atLaptop.SeesHeadingAsync("Devices");
    }

    [BrowserFact]
    public async Task The_owner_ends_all_other_sessions_and_then_every_one()
    {
        await using var laptop = await chromium.OpenAsync();
        await using var phone = await chromium.OpenAsync();
        var atLaptop = await laptop.NewTabAsync();
        var email = await atLaptop.RegisterAsync();
        var atPhone = await phone.NewTabAsync();
        await atPhone.SignInAsync(email);
        await atPhone.SeesHeadingAsync("Devices");
        await atLaptop.Page.ReloadAsync();
        atLaptop.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();

        await atLaptop.ClickAsync("Sign out all other devices");
        await atLaptop.SeesAsync("All other devices are signed out.");
        await atPhone.SeesAsync("Your session was ended elsewhere");
        await atLaptop.ClickAsync("Sign out everywhere");

        await atLaptop.SeesAsync("You are signed out.");
        await atLaptop.Page.ReloadAsync();
        await atLaptop.SeesHeadingAsync("Sign in");
    }

    [BrowserFact]
    public async Task Tabs_share_a_session_in_and_out()
    {
        await using var browser = await chromium.OpenAsync();
        var one = await browser.NewTabAsync();
        var other = await browser.NewTabAsync();

        await one.RegisterAsync();
        await other.SeesHeadingAsync("Devices");
        // Each load renews the session: none of them is a replay to the server.
        for (var i = 0; i < 5; i++)
            await Task.WhenAll(one.Page.ReloadAsync(), other.Page.ReloadAsync());
        await one.SeesHeadingAsync("Devices");
        await other.SeesHeadingAsync("Devices");
        await other.FollowAsync("Activity");
        await one.ClickAsync("Sign out");

        await other.SeesAsync("You are signed out.");
    }

    [BrowserFact]
    public async Task A_password_that_is_changed_in_one_tab_signs_no_other_out()
    {
        await using var browser = await chromium.OpenAsync();
        var one = await browser.NewTabAsync();
        await one.RegisterAsync();
        var other = await browser.NewTabAsync("/account");
        await one.FollowAsync("Security");
        var section = one.Section("Password");
        await section.FillAsync("Current password", PageWalk.Password);
        await section.FillAsync("New password", "cobalt window 2219");
        await section.ClickAsync("Change password");
        await section.SeesAsync("Your password is changed");

        await other.FollowAsync("Activity");

        await other.SeesAsync("Password changed");
    }
}

using AuthCluster.Contract;
using Microsoft.Playwright;
using Xunit;

namespace AuthCluster.Browser.Tests;

/// <summary>The account's pages, as a user walks them.</summary>
public sealed class AccountTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_new_user_registers_signs_out_and_signs_in_again()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        var email = await tab.RegisterAsync();
        await tab.SeesAsync("this device");

        await tab.ClickAsync("Sign out");
        await tab.SeesAsync("You are signed out.");
        await tab.SignInAsync(email, "not the password 9");
        await tab.SeesAsync("No account has this name and password.");
        await tab.SignInAsync(email);

        await tab.SeesHeadingAsync("Devices");
        await tab.FollowAsync("Activity");
        await tab.SeesAsync("failed");
        await tab.SeesAsync("wrong password");
        await tab.SeesAsync("Account created");
        await tab.SnapAsync("activity");
    }

    [BrowserFact]
    public async Task A_reload_keeps_the_user_signed_in_and_no_script_finds_a_refresh_token()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        await tab.RegisterAsync();

        await tab.Page.ReloadAsync();

        await tab.SeesHeadingAsync("Devices");
        Assert.Equal("", await tab.Page.EvaluateAsync<string>("document.cookie"));
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
        var refresh = Assert.Single(await browser.Context.CookiesAsync(), cookie => cookie.Name == "refresh");
        Assert.Equal((true, SameSiteAttribute.Strict, "/api/session"), (refresh.HttpOnly, refresh.SameSite, refresh.Path));
    }

    [BrowserFact]
    public async Task A_refused_password_is_told_at_its_field()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync("/register");
        await tab.FillAsync("E-mail address", ApiClient.NewEmail());
        await tab.FillAsync("Password", "password");

        await tab.ClickAsync("Create account");

        var field = tab.Page.GetByLabel("Password", new() { Exact = true });
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await tab.AssertIsAccessibleAsync();
    }

    [BrowserFact]
    public async Task A_second_factor_is_set_up_asked_for_and_turned_off()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        var email = await tab.RegisterAsync();

        var (app, codes) = await tab.TurnOnSecondFactorAsync();
        Assert.Equal(10, codes.Count);
        await tab.AssertIsAccessibleAsync();
        await tab.ClickAsync("I have kept them");
        await tab.ClickAsync("Sign out");
        await tab.SignInAsync(email);
        await tab.FillAsync("Code", "000000");
        await tab.ClickAsync("Confirm");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await tab.FillAsync("Code", codes[0]);
        await tab.ClickAsync("Confirm");
        await tab.SeesHeadingAsync("Devices");

        await tab.FollowAsync("Security");
        await tab.ClickAsync("Turn off the second factor");
        var section = tab.Section("Second factor");
        await section.FillAsync("Current password", PageWalk.Password);
        await section.FillAsync("Code", await app.NextCodeAsync());
        await section.ClickAsync("Turn off the second factor");
        await section.SeesAsync("The second factor is off.");
    }

    [BrowserFact]
    public async Task The_password_is_changed_and_the_session_goes_on()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        var email = await tab.RegisterAsync();
        await tab.FollowAsync("Security");
        var section = tab.Section("Password");

        await section.FillAsync("Current password", "not the password 9");
        await section.FillAsync("New password", "cobalt window 2219");
        await section.ClickAsync("Change password");
        await section.SeesAsync("The password is wrong.");
        await section.FillAsync("Current password", PageWalk.Password);
        await section.FillAsync("New password", "cobalt window 2219");
        await section.ClickAsync("Change password");
        await section.SeesAsync("Your password is changed");

        await tab.Page.ReloadAsync();
        await tab.SeesHeadingAsync("Security");
        await tab.ClickAsync("Sign out");
        await tab.SignInAsync(email, "cobalt window 2219");
        await tab.SeesHeadingAsync("Devices");
    }

    [BrowserFact]
    public async Task The_address_is_changed_by_the_link_of_a_mail()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        await tab.RegisterAsync();
        var changed = ApiClient.NewEmail();
        await tab.FollowAsync("Security");
        var section = tab.Section("E-mail address");
        await section.FillAsync("New e-mail address", changed);
        await section.FillAsync("Current password", PageWalk.Password);
        await section.ClickAsync("Change address");
        await section.SeesAsync("Open the link in the mail that went to the new address.");

        var link = (await chromium.Mails.ReadAsync(changed, "")).Token;
        var other = await browser.NewTabAsync($"/email#token={link}");
        await other.ClickAsync("Use the new address");

        await other.SeesAsync("Your account has the new address now.");
        await tab.SeesAsync($"You sign in with {changed}.");
        Assert.DoesNotContain("token", other.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_forgotten_password_is_reset_by_the_link_of_a_mail()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        var email = await tab.RegisterAsync();
        await tab.ClickAsync("Sign out");
        await tab.FollowAsync("Forgot your password?");
        await tab.FillAsync("E-mail address", email);
        await tab.ClickAsync("Send me a link");
        await tab.SeesAsync("a mail with a link is on its way");

        var link = (await chromium.Mails.ReadAsync(email, "")).Token;
        await tab.Page.GotoAsync($"/reset#token={link}");
        await tab.FillAsync("New password", "cobalt window 2219");
        await tab.ClickAsync("Set password");
        await tab.SeesAsync("Your password is set and every session is over.");
        await tab.FollowAsync("Back to sign in");
        await tab.SignInAsync(email, "cobalt window 2219");

        await tab.SeesHeadingAsync("Devices");
        await tab.Page.GotoAsync($"/reset#token={link}");
        await tab.Page.ReloadAsync();
        await tab.FillAsync("New password", "another window 2219");
        await tab.ClickAsync("Set password");
        await tab.SeesAsync("This link was used before, or it is too old.");
    }

    [BrowserFact]
    public async Task The_profile_is_written_and_the_account_deleted()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        var email = await tab.RegisterAsync();
        await tab.FollowAsync("Profile");
        await tab.FillAsync("Name of the new entry", "town");
        await tab.FillAsync("Its value", "Bergen <b>");
        await tab.ClickAsync("Save");
        await tab.SeesAsync("Bergen <b>");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.ClickAsync("Download my data"));
        Assert.Contains("Bergen", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await tab.ClickAsync("Remove town");
        await tab.SeesAsync("Your profile is empty.");

        await tab.FillAsync("Current password", PageWalk.Password);
        await tab.Page.GetByLabel("I want to delete my account for good").CheckAsync();
        await tab.ClickAsync("Delete my account");
        await tab.SeesHeadingAsync("Sign in");
        await tab.SignInAsync(email);

        await tab.SeesAsync("No account has this name and password.");
    }
}

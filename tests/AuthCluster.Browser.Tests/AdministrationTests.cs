using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.Browser.Tests;

/// <summary>The administration's pages, as an administrator walks them.</summary>
public sealed class AdministrationTests(Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task An_administrator_finds_a_user_and_ends_the_session_and_the_account()
    {
        await using var users = await chromium.OpenAsync();
        await using var office = await chromium.OpenAsync();
        var user = await users.NewTabAsync();
        var email = await user.RegisterAsync();
        var tab = await office.NewTabAsync("/admin");
        await tab.SignInAsync(ContractSuite.AdministratorEmail, ContractSuite.AdministratorPassword);
        tab.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await tab.SeesHeadingAsync("Users");

        await tab.FillAsync("E-mail address, or its beginning", email.Split('@')[0]);
        await tab.ClickAsync("Search");
        await tab.FollowAsync(email);
        await tab.FillAsync("Roles, with commas between them", "editor, reviewer");
        await tab.ClickAsync("Set roles");
        await tab.SeesAsync("The roles are set.");
        await tab.ClickAsync("End every session");
        await tab.SeesAsync("Signed in nowhere.");
        await user.SeesAsync("Your session was ended elsewhere");

        await tab.ClickAsync("Deactivate");
        await tab.SeesAsync("The account is deactivated");
        await user.SignInAsync(email);
        await user.SeesAsync("No account has this name and password.");
        await tab.ClickAsync("Activate");
        await tab.SeesAsync("The account is active again.");
        await user.SignInAsync(email);
        await user.SeesHeadingAsync("Devices");
        await tab.Page.ReloadAsync();
        await tab.SeesAsync("Roles changed");
        await tab.SeesAsync($"by {ContractSuite.AdministratorEmail}");
        await tab.SnapAsync("administration");
        await tab.ClickAsync("Delete account");
        await tab.SeesAsync("This account is deleted.");
        await user.SeesAsync("Your session was ended elsewhere");
    }

    [BrowserFact]
    public async Task An_administrator_reads_the_log_and_rotates_the_keys()
    {
        await using var office = await chromium.OpenAsync();
        var tab = await office.NewTabAsync("/admin/activity");
        var stranger = ApiClient.NewEmail();
        await tab.SignInAsync(stranger, "not the password 9");
        await tab.SeesAsync("No account has this name and password.");
        await tab.SignInAsync(ContractSuite.AdministratorEmail, ContractSuite.AdministratorPassword);
        await tab.SeesHeadingAsync("All activity");

        await tab.FillAsync("E-mail address", stranger);
        await tab.Page.GetByLabel("Outcome").SelectOptionAsync("failed");
        await tab.ClickAsync("Filter");
        await tab.SeesAsync("unknown address");
        await tab.SeesNoMoreAsync("Server started");
        await tab.FillAsync("IP address", "203.0.113.9");
        await tab.ClickAsync("Filter");
        await tab.SeesAsync("Nothing matches.");
        await tab.FollowAsync("Signing keys");
        await tab.ClickAsync("Make a new key");

        await tab.SeesAsync("There is a new key.");
    }

    [BrowserFact]
    public async Task Who_is_no_administrator_finds_no_administration()
    {
        await using var browser = await chromium.OpenAsync();
        var tab = await browser.NewTabAsync();
        await tab.RegisterAsync();

        await tab.Page.GotoAsync("/admin");

        await tab.SeesHeadingAsync("There is no such page.");
        await tab.SeesNoMoreAsync("Signing keys");
    }

    [BrowserFact]
    public async Task The_pages_are_accessible_and_fit_a_narrow_window()
    {
        await using var office = await chromium.OpenAsync(width: 320);
        var tab = await office.NewTabAsync("/admin");
        await tab.SignInAsync(ContractSuite.AdministratorEmail, ContractSuite.AdministratorPassword);
        await tab.SeesHeadingAsync("Users");
        await LookTests.LookAsync(tab, "/admin");
        await tab.FollowAsync(ContractSuite.AdministratorEmail);
        await tab.SeesHeadingAsync("Roles");
        await tab.AssertIsAccessibleAsync();
        await tab.AssertFitsAsync();

        foreach (var path in new[] { "/admin/activity", "/admin/keys", "/admin/nowhere" })
            await LookTests.LookAsync(tab, path);
    }
}

using Xunit;

namespace AuthCluster.Contract;

/// <summary>The page that shows mails while an application is being developed.</summary>
public abstract class MailboxContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Page = "/mailbox";
    private const string Development = "environment=Development";

    private static readonly Mailbox Mails = new(Directory.CreateTempSubdirectory("authcluster-mailbox-").FullName);

    [Fact]
    public async Task It_lists_mails_and_shows_each_with_its_link()
    {
        var api = await ConnectAsync(Mails.Setting, Development);
        var user = await api.RegisterAsync();
        (await api.PostAsync("/api/user/password/reset", new { email = user.Email })).AssertEmpty(202);
        var mail = await Mails.ReadAsync(user.Email, "Choose a new password");

        var list = (await api.GetAsync(Page)).AssertStatus(200);
        Assert.Equal("text/html", list.MediaType);
        Assert.Contains("default-src 'none'", list.Header("Content-Security-Policy"), StringComparison.Ordinal);
        var row = Assert.Single(list.Text.Split("<tr>"), row => row.Contains(user.Email, StringComparison.Ordinal));
        Assert.Contains(mail.Subject, row, StringComparison.Ordinal);

        var shown = (await api.GetAsync(row.Split("href=\"")[1].Split('"')[0])).AssertStatus(200).Text;
        Assert.Contains($"<a href=\"{mail.Link.AbsoluteUri}\">", shown, StringComparison.Ordinal);
        Assert.Contains("<iframe sandbox srcdoc=\"", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..%2Fauthcluster.db")]
    [InlineData("%2Fetc%2Fpasswd")]
    public async Task A_name_that_is_not_listed_leads_nowhere(string name)
    {
        var api = await ConnectAsync(Mails.Setting, Development);

        Assert.InRange((await api.GetAsync($"{Page}/{name}")).Status, 400, 404);
    }

    [Fact]
    public async Task It_is_nowhere_but_in_development_and_nowhere_in_the_interface()
    {
        var production = await ConnectAsync(Mails.Setting);
        var development = await ConnectAsync(Mails.Setting, Development);

        (await production.GetAsync(Page)).AssertProblem(404, "not_found");
        Assert.DoesNotContain(Page, (await development.GetAsync("/openapi/v1.json")).AssertStatus(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_mail_server_is_set_there_is_nothing_to_show()
    {
        var api = await ConnectAsync("Mail:Smtp:Host=127.0.0.1", "Mail:Smtp:Port=9", "PublicUrl=https://id.example.com", Development);

        (await api.GetAsync(Page)).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task A_client_of_another_machine_sees_nothing()
    {
        var api = await ConnectAsync(Mails.Setting, Development, "Proxies:Trusted=127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        (await api.SendAsync(request)).AssertProblem(404, "not_found");
    }
}

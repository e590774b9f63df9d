using Xunit;

namespace AuthCluster.Contract;

/// <summary>The pages as documents; what they show is the browser's tests.</summary>
public abstract class PagesContract(SharedServers servers) : ContractSuite(servers)
{
    private static readonly string[] All =
        ["/", "/register", "/forgot", "/verify", "/reset", "/email", "/not-me", "/account", "/account/security", "/admin", "/admin/users"];

    public static TheoryData<string> Addresses => [.. All];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Each_address_of_a_page_is_answered_whether_or_not_the_pages_are_built(string address)
    {
        var api = await ConnectAsync();

        var answer = (await api.GetAsync(address)).AssertStatus(200);

        if (answer.MediaType == "text/plain")
        {
            Assert.Contains("npm run build", answer.Text, StringComparison.Ordinal);
            return;
        }

        Assert.Equal("text/html", answer.MediaType);
        var policy = answer.Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("/assets/nothing.js")]
    [InlineData("/nowhere")]
    public async Task What_is_no_page_is_not_found(string address)
    {
        var api = await ConnectAsync();

        (await api.GetAsync(address)).AssertProblem(404, "not_found");
    }

    [Fact]
    public async Task Pages_that_are_not_wanted_are_not_there()
    {
        var api = await ConnectAsync("Pages:Enabled=false");

        foreach (var address in All)
            (await api.GetAsync(address)).AssertProblem(404, "not_found");
    }
}

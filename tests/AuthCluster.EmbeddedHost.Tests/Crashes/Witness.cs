using AuthCluster.Contract;
using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

/// <summary>Acts on a server and looks at it afterwards; after a restart it is another one.</summary>
internal sealed class Witness : IDisposable
{
    private readonly HttpClient _http;

    private Witness(HttpClient http)
    {
        _http = http;
        Api = new ApiClient(http);
    }

    public ApiClient Api { get; }

    public string Administrator { get; private set; } = "";

    public static async Task<Witness> OfAsync(EmbeddedServerProcess server)
    {
        var witness = new Witness(new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.BaseAddress });
        witness.Administrator = (await witness.Api.LoginAsAdministratorAsync()).Access;
        return witness;
    }

    /// <param name="act">What is to be done to it; <c>null</c> for anything that needs no second factor.</param>
    public Task<SampleAccount> NewAccountAsync(Act? act = null) => SampleAccount.SignUpAsync(Api, act?.Call.Endpoint);

    /// <summary>Whether tokens are refused. No act leaves some of those alive that it is to kill together.</summary>
    public async Task<bool> AreDeadAsync(params IEnumerable<string> tokens)
    {
        var statuses = new HashSet<int>();
        foreach (var token in tokens)
            statuses.Add((await Api.VerifyAsync(token)).Status);
        var status = Assert.Single(statuses);
        Assert.True(status is 200 or 401, $"A token was answered with {status}.");
        return status == 401;
    }

    public async Task<Answer> ViewAsync(SampleAccount account) => await Api.GetAsync($"/api/admin/users/{account.Id}", Administrator);

    public void Dispose() => _http.Dispose();
}

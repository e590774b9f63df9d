using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

/// <summary>Whoever acts on a server and looks at it afterwards; after a restart it is another one.</summary>
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
        var witness = new Witness(new HttpClient { BaseAddress = server.BaseAddress });
        witness.Administrator = (await witness.Api.LoginAsAdministratorAsync()).Access;
        return witness;
    }

    public async Task<Victim> NewVictimAsync()
    {
        var one = await Api.SignUpAsync();
        return new Victim(one, await Api.LoginAsync(one.User));
    }

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

    public async Task<Answer> ViewAsync(Victim victim) => await Api.GetAsync($"/api/admin/users/{victim.Id}", Administrator);

    public void Dispose() => _http.Dispose();
}

/// <summary>An account with two sessions, to which something is done.</summary>
internal sealed record Victim(Session One, Session Other)
{
    public string Id => One.User.Id;

    public string Email => One.User.Email;

    public string Password => One.User.Password;

    public IEnumerable<string> AccessTokens => [One.Access, Other.Access];

    public IEnumerable<string> RefreshTokens => [One.Refresh, Other.Refresh];

    public IEnumerable<string> Tokens => [.. AccessTokens, .. RefreshTokens];
}

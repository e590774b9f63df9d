using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>
/// Authority is judged when an act is decided, not when its request began: a client may send a body for minutes, and lose its session meanwhile.
/// </summary>
public abstract class AuthorityContract(SharedServers servers) : ContractSuite(servers)
{
    public static TheoryData<string> CallsWithBody =>
        [.. Endpoints.Calls.Where(call => call.Body is not null && call.Endpoint.Caller != Caller.Anybody).Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(CallsWithBody))]
    public async Task A_session_that_ends_before_the_body_of_its_request_arrives_does_nothing_more(string name)
    {
        var api = await ConnectAsync();
        var call = Endpoints.CallNamed(name);
        var account = await SampleAccount.SignUpAsync(api, call.Endpoint);
        var administrator = await api.LoginAsAdministratorAsync();
        var caller = call.Endpoint.Caller == Caller.Administrator ? administrator : account.One;
        var before = await ObserveAsync(api, account.Other);

        using var request = await OpenAsync(api, call, account, caller);
        (await api.PostAsync("/api/user/logout", token: caller.Access)).AssertEmpty(204);
        var answer = await request.FinishAsync();

        Assert.Equal((401, "token_not_valid"), answer);
        Assert.Equal(before, await ObserveAsync(api, account.Other));
        await api.AssertLivesAsync(account.Other, mfaEnabled: call.Endpoint.SecondFactor == SecondFactor.On);
    }

    [Theory]
    [InlineData("""{"roles":[]}""")]
    [InlineData("""{"is_active":false}""")]
    public async Task An_administrator_who_is_one_no_more_before_the_body_arrives_does_nothing_more(string end)
    {
        var api = await ConnectToOwnServerAsync();
        var root = await api.LoginAsAdministratorAsync();
        var demoted = await api.RegisterAsync();
        (await api.PatchAsync($"/api/admin/users/{demoted.Id}", new { roles = new[] { "admin" } }, root.Access)).AssertStatus(200);
        var caller = await api.LoginAsync(demoted);

        foreach (var call in Endpoints.Calls.Where(call => call.Body is not null && call.Endpoint.Caller == Caller.Administrator))
        {
            var account = await SampleAccount.SignUpAsync(api);
            using var request = await OpenAsync(api, call, account, caller);
            (await api.PatchAsync($"/api/admin/users/{demoted.Id}", RequestContent.Json(end), root.Access)).AssertStatus(200);

            Assert.Equal((401, "token_not_valid"), await request.FinishAsync());

            await api.AssertLivesAsync(account.One);
            (await api.PatchAsync($"/api/admin/users/{demoted.Id}", new { roles = new[] { "admin" }, is_active = true }, root.Access)).AssertStatus(200);
            caller = await api.LoginAsync(demoted);
        }
    }

    private static Task<SlowRequest> OpenAsync(ApiClient api, EndpointCall call, SampleAccount account, Session caller) => SlowRequest.OpenAsync(
        api, call.Endpoint, account.PathFor(call.Endpoint), caller.Access, call.BodyWith(account.ValueOf)!);

    /// <summary>What a call could have changed and its owner sees, and the keys of the server.</summary>
    private static async Task<(string User, string Keys)> ObserveAsync(ApiClient api, Session session) =>
        ((await api.GetAsync("/api/user/view", session.Access)).AssertStatus(200).Text, (await api.GetAsync("/.well-known/jwks.json")).Text);
}

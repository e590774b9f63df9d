using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>
/// The promise: once the answer is 2xx, the old token is never accepted again, on any connection, however many are using it at that moment.
/// </summary>
public abstract class RevocationContract(SharedServers servers) : ContractSuite(servers)
{
    public static TheoryData<string> Calls =>
        [.. Endpoints.Calls.Where(call => call.Revokes is not (Revoked.Nothing or Revoked.TokensOfEveryAccount)).Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_a_call_revokes_is_refused_from_the_moment_of_its_answer(string name)
    {
        var api = await ConnectAsync();
        var call = Endpoints.CallNamed(name);
        var account = await SampleAccount.SignUpAsync(api, call.Endpoint);
        var administrator = await api.LoginAsAdministratorAsync();

        await AssertRevokesAsync(api, call, account, administrator.Access);

        if (call.Revokes is Revoked.AccessTokens)
            await AssertAccessStaysDeadAfterRefreshAsync(api, account);
    }

    [Fact]
    public async Task A_retired_key_counts_at_once()
    {
        var api = await ConnectToOwnServerAsync();
        var account = await SampleAccount.SignUpAsync(api);
        var administrator = await api.LoginAsAdministratorAsync();
        var retirement = Assert.Single(Endpoints.Calls, call => call.Revokes == Revoked.TokensOfEveryAccount);

        await AssertRevokesAsync(api, retirement, account, administrator.Access);
    }

    [Fact]
    public async Task Activation_brings_no_session_back()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var path = $"/api/admin/users/{session.User.Id}";
        (await api.PatchAsync(path, new { is_active = false }, administrator.Access)).AssertStatus(200);

        (await api.PatchAsync(path, new { is_active = true }, administrator.Access)).AssertStatus(200);

        await api.AssertIsOverAsync(session);
        var devices = (await api.GetAsync($"{path}/devices", administrator.Access)).AssertIsList();
        Assert.Empty(devices);
    }

    [Fact]
    public async Task Revocations_count_without_a_cache_of_verified_tokens_too()
    {
        var api = await ConnectAsync("Tokens:VerifiedCache=0");
        var session = await api.SignUpAsync();
        await api.AssertLivesAsync(session);

        (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);

        await api.AssertIsOverAsync(session);
    }

    private static async Task AssertRevokesAsync(ApiClient api, EndpointCall call, SampleAccount account, string administrator)
    {
        var ended = account.TokensEndedBy(call).ToHashSet(StringComparer.Ordinal);
        Func<Task<Answer>>[] uses = [.. ended.SelectMany(token => UsesOf(api, account, token))];

        await TokenReaders.AssertRefusedOnceAcknowledgedAsync(() => account.SendAsync(api, call, administrator), uses);

        foreach (var session in new[] { account.One, account.Other })
        {
            await (ended.Contains(session.Access) ? api.AssertAccessIsRefusedAsync(session.Access) : api.AssertAccessIsGoodAsync(session.Access));
            if (ended.Contains(session.Refresh))
                await api.AssertRefreshIsRefusedAsync(session.Refresh);
            else
                (await api.VerifyAsync(session.Refresh)).AssertStatus(200);
        }
    }

    private static async Task AssertAccessStaysDeadAfterRefreshAsync(ApiClient api, SampleAccount account)
    {
        foreach (var session in new[] { account.One, account.Other })
        {
            await api.AssertLivesAsync(await api.RefreshAsync(session));
            await api.AssertAccessIsRefusedAsync(session.Access);
        }
    }

    /// <summary>Every check that a token passes while it is good, and none that changes anything.</summary>
    private static IEnumerable<Func<Task<Answer>>> UsesOf(ApiClient api, SampleAccount account, string token) =>
        account.RefreshTokens.Contains(token)
            ? [() => api.VerifyAsync(token)]
            : [() => api.GetAsync("/api/forward-auth", token), () => api.GetAsync("/api/user/view", token), () => api.VerifyAsync(token)];
}

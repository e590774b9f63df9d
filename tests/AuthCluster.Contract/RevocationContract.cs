using Xunit;

namespace AuthCluster.Contract;

/// <summary>
/// The promise: once the answer is 2xx, the old token is never accepted again, on any connection, however many are using it at that moment.
/// </summary>
public abstract class RevocationContract(SharedServers servers) : ContractSuite(servers)
{
    [Fact]
    public async Task A_logout_counts_at_once() =>
        await AssertSessionDiesAsync((api, session) => api.PostAsync("/api/user/logout", token: session.Access));

    [Fact]
    public async Task A_logout_everywhere_counts_at_once() =>
        await AssertSessionDiesAsync((api, session) => api.PostAsync("/api/user/logout/all", token: session.Access));

    [Fact]
    public async Task A_logout_everywhere_on_another_device_counts_at_once() =>
        await AssertSessionDiesAsync(FromAnotherDevice((api, other, _) => api.PostAsync("/api/user/logout/all", token: other.Access)));

    [Fact]
    public async Task A_logout_of_others_counts_at_once_for_the_tokens_of_this_session() =>
        await AssertSessionDiesAsync((api, session) => api.PostAsync("/api/user/logout/others", token: session.Access));

    [Fact]
    public async Task A_logout_of_others_counts_at_once_for_the_others() =>
        await AssertSessionDiesAsync(FromAnotherDevice((api, other, _) => api.PostAsync("/api/user/logout/others", token: other.Access)));

    [Fact]
    public async Task The_removal_of_a_device_counts_at_once() =>
        await AssertSessionDiesAsync(FromAnotherDevice(
            (api, other, session) => api.DeleteAsync($"/api/user/devices/{session.DeviceId}", other.Access)));

    [Fact]
    public async Task A_new_password_counts_at_once() =>
        await AssertSessionDiesAsync(FromAnotherDevice((api, other, _) => api.PostAsync(
            "/api/user/password",
            new { current_password = other.User.Password, new_password = "cobalt window 2219" },
            other.Access)));

    [Fact]
    public async Task A_deletion_counts_at_once() =>
        await AssertSessionDiesAsync((api, session) => api.DeleteAsync(
            "/api/user/delete",
            session.Access,
            new { current_password = session.User.Password }));

    [Fact]
    public async Task A_deletion_by_an_administrator_counts_at_once() =>
        await AssertSessionDiesAsync(ByAnAdministrator((api, path, administrator, _) => api.DeleteAsync(path, administrator)));

    [Fact]
    public async Task A_deactivation_counts_at_once() =>
        await AssertSessionDiesAsync(ByAnAdministrator(
            (api, path, administrator, _) => api.PatchAsync(path, new { is_active = false }, administrator)));

    [Fact]
    public async Task The_removal_of_a_device_by_an_administrator_counts_at_once() =>
        await AssertSessionDiesAsync(ByAnAdministrator(
            (api, path, administrator, session) => api.DeleteAsync($"{path}/devices/{session.DeviceId}", administrator)));

    [Fact]
    public async Task A_revocation_of_all_tokens_counts_at_once() =>
        await AssertSessionDiesAsync(ByAnAdministrator(
            (api, path, administrator, _) => api.PostAsync($"{path}/revoke", new { token_type = "all" }, administrator)));

    [Fact]
    public async Task A_changed_profile_counts_at_once_for_access_tokens_only() =>
        await AssertAccessDiesAsync((api, session) => api.PatchAsync("/api/user/profile", new { nickname = "Ada" }, session.Access));

    [Fact]
    public async Task Changed_roles_count_at_once_for_access_tokens_only() =>
        await AssertAccessDiesAsync(ByAnAdministrator(
            (api, path, administrator, _) => api.PatchAsync(path, new { roles = new[] { "editor" } }, administrator)));

    [Fact]
    public async Task A_revocation_of_access_tokens_counts_at_once_and_for_them_only() =>
        await AssertAccessDiesAsync(ByAnAdministrator(
            (api, path, administrator, _) => api.PostAsync($"{path}/revoke", new { token_type = "access" }, administrator)));

    [Fact]
    public async Task A_revocation_of_refresh_tokens_counts_at_once_and_for_them_only()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var revoke = ByAnAdministrator((_, path, administrator, _) => api.PostAsync($"{path}/revoke", new { token_type = "refresh" }, administrator));

        await TokenReaders.AssertRefusedOnceAcknowledgedAsync(() => revoke(api, session), () => api.VerifyAsync(session.Refresh));

        await api.AssertRefreshIsRefusedAsync(session.Refresh);
        await api.AssertAccessIsGoodAsync(session.Access);
    }

    [Fact]
    public async Task A_retired_key_counts_at_once()
    {
        var api = await ConnectToOwnServerAsync();
        var session = await api.SignUpAsync();
        var administrator = await api.LoginAsAdministratorAsync();

        await TokenReaders.AssertRefusedOnceAcknowledgedAsync(
            () => api.PostAsync("/api/admin/keys/rotate", new { retire_old = true }, administrator.Access),
            UsesOf(api, session));

        await api.AssertIsOverAsync(session);
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

    private async Task AssertSessionDiesAsync(Func<ApiClient, Session, Task<Answer>> revoke)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        await TokenReaders.AssertRefusedOnceAcknowledgedAsync(() => revoke(api, session), UsesOf(api, session));

        await api.AssertIsOverAsync(session);
    }

    private async Task AssertAccessDiesAsync(Func<ApiClient, Session, Task<Answer>> revoke)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        await TokenReaders.AssertRefusedOnceAcknowledgedAsync(() => revoke(api, session), UsesOf(api, session)[..3]);

        await api.AssertAccessIsRefusedAsync(session.Access);
        await api.AssertLivesAsync(await api.RefreshAsync(session));
        await api.AssertAccessIsRefusedAsync(session.Access);
    }

    /// <summary>Three uses of the access token, one of the refresh token.</summary>
    private static Func<Task<Answer>>[] UsesOf(ApiClient api, Session session) =>
    [
        () => api.GetAsync("/api/forward-auth", session.Access),
        () => api.GetAsync("/api/user/view", session.Access),
        () => api.VerifyAsync(session.Access),
        () => api.VerifyAsync(session.Refresh),
    ];

    private static Func<ApiClient, Session, Task<Answer>> FromAnotherDevice(Func<ApiClient, Session, Session, Task<Answer>> revoke) =>
        async (api, session) => await revoke(api, await api.LoginAsync(session.User), session);

    private static Func<ApiClient, Session, Task<Answer>> ByAnAdministrator(Func<ApiClient, string, string, Session, Task<Answer>> revoke) =>
        async (api, session) =>
        {
            var administrator = await api.LoginAsAdministratorAsync();
            return await revoke(api, $"/api/admin/users/{session.User.Id}", administrator.Access, session);
        };
}

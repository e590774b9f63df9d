using AuthCluster.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>A service with the client library: no call for a request, and a revoked token is refused.</summary>
public abstract class ResourceServerContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Introspect = "/oauth/introspect";
    private const string Jwks = "/.well-known/jwks.json";

    [Fact]
    public async Task A_token_is_accepted_without_a_call_and_its_claims_are_the_user()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress, OnSlowMachines);
        var (session, administrator) = await SignUpLaterAsync(api);
        var asked = service.Link.Calls(Introspect);

        Assert.Equal($"{session.User.Id} ", (await service.GetAsync(session.Access)).AssertStatus(200).Text);
        Assert.Equal($"{administrator.User.Id} admin", (await service.GetAsync(administrator.Access)).AssertStatus(200).Text);
        (await service.GetAsync(administrator.Access, "/reports")).AssertStatus(200);
        (await service.GetAsync(session.Access, "/reports")).AssertStatus(403);

        Assert.Equal(asked, service.Link.Calls(Introspect));
    }

    [Fact]
    public async Task What_is_no_good_access_token_is_refused()
    {
        var api = await ConnectAsync([.. FeedReader.Settings, "Tokens:AccessLifetime=00:00:02"]);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress);
        var session = await api.SignUpAsync();
        (await service.GetAsync(session.Access)).AssertStatus(200);
        var other = await ConnectToOwnServerAsync();
        var foreign = await other.SignUpAsync();

        Assert.Equal("Bearer", (await service.GetAsync(token: null)).AssertStatus(401).Header("WWW-Authenticate"));
        foreach (var token in new[] { session.Refresh, foreign.Access, "nonsense", "a.b.c", $"{session.Access}x", session.Access[..^6] })
            Assert.Contains("invalid_token", (await service.GetAsync(token)).AssertStatus(401).Header("WWW-Authenticate"), StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromSeconds(2.1));
        (await service.GetAsync(session.Access)).AssertStatus(401);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_without_a_call_and_those_of_others_go_on()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress, OnSlowMachines);
        var (session, administrator) = await SignUpLaterAsync(api);
        var other = await api.LoginAsync(session.User);
        foreach (var token in new[] { session.Access, other.Access, administrator.Access })
            (await service.GetAsync(token)).AssertStatus(200);
        var asked = service.Link.Calls(Introspect);

        (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);
        await service.UntilRefusedAsync(session.Access);
        (await service.GetAsync(other.Access)).AssertStatus(200);
        (await api.PatchAsync($"/api/admin/users/{session.User.Id}", new { is_active = false }, administrator.Access)).AssertStatus(200);
        await service.UntilRefusedAsync(other.Access);

        (await service.GetAsync(administrator.Access)).AssertStatus(200);
        Assert.Equal(asked, service.Link.Calls(Introspect));
    }

    [Fact]
    public async Task Tokens_of_a_retired_key_are_refused_and_those_of_the_new_one_accepted()
    {
        var api = await ConnectToOwnServerAsync(FeedReader.Settings);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress);
        var (session, administrator) = await SignUpLaterAsync(api);
        (await service.GetAsync(session.Access)).AssertStatus(200);

        (await api.PostAsync("/api/admin/keys/rotate", new { retire_old = true }, administrator.Access)).AssertEmpty(204);

        await service.UntilRefusedAsync(session.Access);
        await Task.Delay(TimeSpan.FromSeconds(5.1));
        (await service.GetAsync((await api.LoginAsync(session.User)).Access)).AssertStatus(200);
    }

    [Fact]
    public async Task A_token_of_before_is_asked_about_once()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        var (good, dead) = (await api.SignUpAsync(), await api.SignUpAsync());
        (await api.PostAsync("/api/user/logout", token: dead.Access)).AssertEmpty(204);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress, OnSlowMachines);
        var asked = service.Link.Calls(Introspect);

        (await service.GetAsync(dead.Access)).AssertStatus(401);
        for (var count = 0; count < 5; count++)
            (await service.GetAsync(good.Access)).AssertStatus(200);

        Assert.Equal(asked + 2, service.Link.Calls(Introspect));
    }

    [Fact]
    public async Task Without_the_feed_the_server_is_asked_and_once_it_is_back_nothing_was_missed()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress);
        var (session, _) = await SignUpLaterAsync(api);
        var other = await api.LoginAsync(session.User);
        var third = await api.LoginAsync(session.User);
        foreach (var token in new[] { session.Access, other.Access, third.Access })
            (await service.GetAsync(token)).AssertStatus(200);

        service.Link.CutFeed();
        await service.UntilAsync(HealthStatus.Degraded);
        (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);
        (await service.GetAsync(session.Access)).AssertStatus(401);
        (await service.GetAsync(other.Access)).AssertStatus(200);
        (await api.PostAsync("/api/user/logout", token: other.Access)).AssertEmpty(204);
        service.Link.Restore();
        await service.UntilAsync(HealthStatus.Healthy);

        (await service.GetAsync(other.Access)).AssertStatus(401);
        (await service.GetAsync(third.Access)).AssertStatus(200);
    }

    [Fact]
    public async Task While_the_server_cannot_be_asked_the_answer_is_503_and_the_session_is_kept()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress);
        var (session, _) = await SignUpLaterAsync(api);
        (await service.GetAsync(session.Access)).AssertStatus(200);

        service.Link.Cut();
        await service.UntilAsync(HealthStatus.Unhealthy);
        Assert.True((await service.UntilAsync(session.Access, 503)).RetryAfter >= TimeSpan.FromSeconds(1));
        (await service.GetAsync("nonsense")).AssertStatus(401);

        service.Link.Restore();
        await service.UntilAsync(HealthStatus.Healthy);
        (await service.GetAsync(session.Access)).AssertStatus(200);
    }

    [Fact]
    public async Task A_service_that_says_so_goes_by_the_signature_while_the_server_cannot_be_asked()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress, options => options.WhenUnknown = WhenUnknown.AcceptBySignature);
        var (session, _) = await SignUpLaterAsync(api);
        var other = await api.LoginAsync(session.User);
        (await service.GetAsync(session.Access)).AssertStatus(200);
        (await api.PostAsync("/api/user/logout", token: other.Access)).AssertEmpty(204);
        await service.UntilRefusedAsync(other.Access);

        service.Link.Cut();
        await service.UntilAsync(HealthStatus.Unhealthy);

        (await service.GetAsync(session.Access)).AssertStatus(200);
        // What is known to be dead is dead.
        (await service.GetAsync(other.Access)).AssertStatus(401);
    }

    [Theory]
    [InlineData("Tokens:Algorithm=HS256")]
    [InlineData("Tokens:Encrypt=true")]
    public async Task Tokens_that_only_the_server_can_read_are_asked_about_each_time(string setting)
    {
        var api = await ConnectAsync([.. FeedReader.Settings, setting]);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress);
        var (session, administrator) = await SignUpLaterAsync(api);

        Assert.Equal($"{session.User.Id} ", (await service.GetAsync(session.Access)).AssertStatus(200).Text);
        (await service.GetAsync(administrator.Access, "/reports")).AssertStatus(200);
        (await service.GetAsync(session.Refresh)).AssertStatus(401);
        (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);
        (await service.GetAsync(session.Access)).AssertStatus(401);
    }

    [Fact]
    public async Task Tokens_with_keys_that_nobody_has_do_not_make_the_service_ask_for_keys_each_time()
    {
        var api = await ConnectAsync(FeedReader.Settings);
        await using var service = await ResourceServer.StartAsync(api.BaseAddress);
        var (session, _) = await SignUpLaterAsync(api);
        (await service.GetAsync(session.Access)).AssertStatus(200);
        var payload = session.Access.Split('.')[1];

        for (var key = 0; key < 20; key++)
        {
            var forged = $"{DecodedToken.Encode(System.Text.Encoding.UTF8.GetBytes($$"""{"typ":"at+jwt","alg":"ES256","kid":"made-up-{{key}}"}"""))}.{payload}.{DecodedToken.Encode(new byte[64])}";
            (await service.GetAsync(forged)).AssertStatus(401);
        }

        Assert.InRange(service.Link.Calls(Jwks), 1, 3);
    }

    /// <summary>A machine under load may be late with heartbeats. Tests that count calls are not about that.</summary>
    private static void OnSlowMachines(AuthClusterBearerOptions options) => options.MaxStaleness = TimeSpan.FromMinutes(1);

    /// <summary>Tokens carry the second of their issue: those of the second in which the service began to listen may be of before.</summary>
    private static async Task<(Session Session, Session Administrator)> SignUpLaterAsync(ApiClient api)
    {
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        return (await api.SignUpAsync(), await api.LoginAsAdministratorAsync());
    }
}

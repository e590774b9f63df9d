using Xunit;

namespace AuthCluster.Contract;

public abstract class LogoutContract(SharedServers servers) : ContractSuite(servers)
{
    [Fact]
    public async Task A_logout_ends_this_session_and_no_other()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);

        (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);

        await api.AssertIsOverAsync(session);
        await api.AssertLivesAsync(other);
    }

    [Fact]
    public async Task A_logout_ends_every_pair_of_the_session()
    {
        var api = await ConnectAsync();
        var first = await api.SignUpAsync();
        var second = await api.RefreshAsync(first);

        (await api.PostAsync("/api/user/logout", token: first.Access)).AssertEmpty(204);

        await api.AssertIsOverAsync(second);
        await api.AssertIsOverAsync(first);
    }

    [Fact]
    public async Task A_second_logout_finds_its_token_dead()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);

        (await api.PostAsync("/api/user/logout", token: session.Access)).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_every_session()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);
        var neighbour = await api.SignUpAsync();

        (await api.PostAsync("/api/user/logout/all", token: session.Access)).AssertEmpty(204);

        await api.AssertIsOverAsync(session);
        await api.AssertIsOverAsync(other);
        await api.AssertLivesAsync(neighbour);
        await api.AssertLivesAsync(await api.LoginAsync(session.User));
    }

    [Fact]
    public async Task Logging_out_others_keeps_this_session_with_a_new_pair()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);

        var answer = (await api.PostAsync("/api/user/logout/others", token: session.Access)).AssertIsTokenResponse();

        var renewed = Session.Of(session.User, answer);
        Assert.Equal(session.DeviceId, renewed.DeviceId);
        await api.AssertIsOverAsync(other);
        await api.AssertIsOverAsync(session);
        await api.AssertLivesAsync(renewed);
    }

    [Theory]
    [InlineData("/api/user/logout")]
    [InlineData("/api/user/logout/all")]
    [InlineData("/api/user/logout/others")]
    public async Task A_logout_asks_for_an_access_token(string path)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.PostAsync(path)).AssertProblem(401, "not_authenticated");
        (await api.PostAsync(path, token: session.Refresh)).AssertProblem(401, "token_not_valid");
        await api.AssertLivesAsync(session);
    }
}

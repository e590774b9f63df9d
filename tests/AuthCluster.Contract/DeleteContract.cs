using Xunit;

namespace AuthCluster.Contract;

public abstract class DeleteContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Delete = "/api/user/delete";

    [Theory]
    [InlineData("DELETE")]
    [InlineData("POST")]
    public async Task A_deleted_account_is_gone(string method)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);
        var body = new { current_password = session.User.Password };

        (await api.SendAsync(HttpMethod.Parse(method), Delete, body, session.Access)).AssertEmpty(204);

        await api.AssertIsOverAsync(session);
        await api.AssertIsOverAsync(other);
        (await api.TryLoginAsync(session.User.Email, session.User.Password)).AssertProblem(401, "invalid_credentials");
    }

    [Fact]
    public async Task The_address_of_a_deleted_account_is_free_and_its_next_holder_inherits_nothing()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync(new { nickname = "Ada" });
        (await api.DeleteAsync(Delete, session.Access, new { current_password = session.User.Password })).AssertEmpty(204);

        var next = await api.LoginAsync(await api.RegisterAsync(session.User.Email));

        Assert.NotEqual(session.User.Id, next.User.Id);
        next.Response.GetProperty("user").GetProperty("profile").AssertJsonEquals("{}");
        await api.AssertIsOverAsync(session);
        var activity = (await api.GetAsync("/api/user/activity", next.Access)).AssertStatus(200).Json;
        Assert.Single(activity.EnumerateArray(), entry => entry.Text("event") == "login");
    }

    [Fact]
    public async Task A_wrong_current_password_deletes_nothing()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        var wrong = await api.DeleteAsync(Delete, session.Access, new { current_password = "walnut ladder 1" });
        var missing = await api.PostAsync(Delete, new { }, session.Access);

        wrong.AssertProblem(400, "validation_failed", "current_password");
        missing.AssertProblem(400, "validation_failed", "current_password");
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task Knowing_the_password_is_not_enough()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var body = new { current_password = session.User.Password };

        (await api.PostAsync(Delete, body)).AssertProblem(401, "not_authenticated");
        (await api.PostAsync(Delete, body, session.Refresh)).AssertProblem(401, "token_not_valid");
        await api.AssertLivesAsync(session);
    }
}

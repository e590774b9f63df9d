using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

public abstract class VerifyContract(SharedServers servers) : ContractSuite(servers)
{
    [Fact]
    public async Task A_good_token_is_answered_with_its_claims()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        foreach (var token in new[] { session.Access, session.Refresh })
        {
            var claims = (await api.VerifyAsync(token)).AssertStatus(200).Json;
            var payload = DecodedToken.Of(token).Payload;
            string[] names = [.. payload.EnumerateObject().Select(member => member.Name), "active", "roles"];
            claims.AssertMembers([.. names.Distinct(StringComparer.Ordinal)]);
            Assert.Equal(JsonValueKind.True, claims.GetProperty("active").ValueKind);
            Assert.Empty(claims.Texts("roles"));
            foreach (var member in payload.EnumerateObject())
                claims.GetProperty(member.Name).AssertJsonEquals(member.Value.GetRawText());
        }
    }

    [Fact]
    public async Task The_roles_are_those_the_account_has_now()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();

        (await api.PatchAsync($"/api/admin/users/{session.User.Id}", new { roles = new[] { "editor" } }, administrator.Access)).AssertStatus(200);

        Assert.Equal(["editor"], (await api.VerifyAsync(session.Refresh)).AssertStatus(200).Json.Texts("roles"));
    }

    [Fact]
    public async Task A_bad_token_is_refused()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        (await api.PostAsync("/api/user/logout", token: session.Access)).AssertEmpty(204);

        foreach (var token in new[] { session.Access, session.Refresh, session.DeviceToken, "nonsense", "a.b.c", "..", "" + '\u0000' })
            (await api.VerifyAsync(token)).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task A_missing_token_is_named()
    {
        var api = await ConnectAsync();

        (await api.PostAsync("/api/user/login/verify", new { })).AssertProblem(400, "validation_failed", "token");
    }

    [Fact]
    public async Task Verifying_rotates_nothing()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.VerifyAsync(session.Refresh)).AssertStatus(200);
        (await api.VerifyAsync(session.Refresh)).AssertStatus(200);

        Assert.Equal(2, DecodedToken.Of((await api.RefreshAsync(session)).Refresh).Rotation);
    }
}

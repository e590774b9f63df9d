using Xunit;

namespace AuthCluster.Contract;

public abstract class OperationsContract(SharedServers servers) : ContractSuite(servers)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_running_server_is_healthy(string path)
    {
        var api = await ConnectAsync();

        (await api.GetAsync(path)).AssertStatus(200);
    }

    [Theory]
    [InlineData("post", "/api/user/create")]
    [InlineData("post", "/api/user/login")]
    [InlineData("post", "/api/user/login/refresh")]
    [InlineData("post", "/api/user/login/verify")]
    [InlineData("post", "/api/user/logout")]
    [InlineData("post", "/api/user/logout/all")]
    [InlineData("post", "/api/user/logout/others")]
    [InlineData("get", "/api/user/view")]
    [InlineData("patch", "/api/user/profile")]
    [InlineData("post", "/api/user/password")]
    [InlineData("get", "/api/user/devices")]
    [InlineData("delete", "/api/user/devices/{id}")]
    [InlineData("get", "/api/user/activity")]
    [InlineData("delete", "/api/user/delete")]
    [InlineData("get", "/api/admin/users")]
    [InlineData("get", "/api/admin/users/{id}")]
    [InlineData("patch", "/api/admin/users/{id}")]
    [InlineData("delete", "/api/admin/users/{id}")]
    [InlineData("post", "/api/admin/users/{id}/revoke")]
    [InlineData("get", "/api/admin/users/{id}/devices")]
    [InlineData("delete", "/api/admin/users/{id}/devices/{device}")]
    [InlineData("get", "/api/admin/users/{id}/activity")]
    [InlineData("get", "/api/admin/activity")]
    [InlineData("post", "/api/admin/keys/rotate")]
    [InlineData("get", "/.well-known/jwks.json")]
    public async Task The_interface_describes_each_row(string method, string path)
    {
        var api = await ConnectAsync();

        var description = (await api.GetAsync("/openapi/v1.json")).AssertStatus(200).Json;

        Assert.StartsWith("3.", description.Text("openapi"), StringComparison.Ordinal);
        Assert.True(description.GetProperty("paths").TryGetProperty(path, out var row), $"{path} is not described");
        Assert.True(row.TryGetProperty(method, out _), $"{method} {path} is not described");
    }

    [Fact]
    public async Task The_description_is_the_same_whoever_asks()
    {
        var api = await ConnectAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.Host = "elsewhere.example";

        var description = await api.SendAsync(request);

        Assert.Equal((await api.GetAsync("/openapi/v1.json")).AssertStatus(200).Body, description.Body);
    }
}

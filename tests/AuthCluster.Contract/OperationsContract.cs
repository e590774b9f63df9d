using System.Text.Json;
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
    [InlineData("get", "/api/forward-auth")]
    [InlineData("get", "/health/live")]
    [InlineData("get", "/health/ready")]
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

    [Fact]
    public async Task The_interface_asks_for_a_token_where_the_server_does()
    {
        var api = await ConnectAsync();
        var description = (await api.GetAsync("/openapi/v1.json")).Json;

        var scheme = Assert.Single(description.GetProperty("components").GetProperty("securitySchemes").EnumerateObject());
        Assert.Equal("bearer", scheme.Value.Text("scheme"));
        var open = from path in description.GetProperty("paths").EnumerateObject()
                   from operation in path.Value.EnumerateObject()
                   where !operation.Value.TryGetProperty("security", out var asked) || !asked[0].TryGetProperty(scheme.Name, out _)
                   orderby path.Name
                   select path.Name;
        Assert.Equal(
            [
                "/.well-known/jwks.json", "/api/user/create", "/api/user/login", "/api/user/login/refresh", "/api/user/login/verify",
                "/health/live", "/health/ready",
            ],
            open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_interface_names_fields_as_they_are_sent()
    {
        var api = await ConnectAsync();
        var description = (await api.GetAsync("/openapi/v1.json")).Json;

        var names = NamesOfFields(description).ToList();

        Assert.Superset(new HashSet<string> { "expires_in", "device_token", "current_password", "user_id", "token_type" }, names.ToHashSet());
        Assert.All(names, name => Assert.Equal(name.ToLowerInvariant(), name));
    }

    [Fact]
    public async Task The_interface_tells_required_fields_of_a_body_from_others()
    {
        var api = await ConnectAsync();
        var description = (await api.GetAsync("/openapi/v1.json")).Json;

        var login = description.GetProperty("components").GetProperty("schemas").GetProperty("LoginRequest");

        Assert.Equal(["email", "password"], login.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.True(login.GetProperty("properties").TryGetProperty("device_name", out _));
    }

    [Fact]
    public async Task The_interface_is_where_the_public_address_is()
    {
        var api = await ConnectAsync("PublicUrl=https://auth.example.com");

        var places = (await api.GetAsync("/openapi/v1.json")).Json.GetProperty("servers");

        Assert.Equal("https://auth.example.com", Assert.Single(places.EnumerateArray()).Text("url"));
    }

    [Fact]
    public async Task Operations_refuse_what_they_do_not_know_like_everything_else()
    {
        var api = await ConnectAsync();

        (await api.PostAsync("/health/live")).AssertProblem(405, "method_not_allowed");
        (await api.GetAsync("/openapi/v2.json")).AssertProblem(404, "not_found");
    }

    private static IEnumerable<string> NamesOfFields(JsonElement description)
    {
        var parameters = from path in description.GetProperty("paths").EnumerateObject()
                         from operation in path.Value.EnumerateObject()
                         where operation.Value.TryGetProperty("parameters", out _)
                         from parameter in operation.Value.GetProperty("parameters").EnumerateArray()
                         select parameter.Text("name");
        var members = from schema in description.GetProperty("components").GetProperty("schemas").EnumerateObject()
                      where schema.Value.TryGetProperty("properties", out _)
                      from member in schema.Value.GetProperty("properties").EnumerateObject()
                      select member.Name;
        return parameters.Concat(members);
    }
}

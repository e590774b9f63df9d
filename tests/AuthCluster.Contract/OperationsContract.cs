using System.Text.Json;
using AuthCluster.Contract.Catalogue;
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

    public static TheoryData<string> Names => [.. Endpoints.All.Select(endpoint => endpoint.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_interface_describes_each_row(string name)
    {
        var api = await ConnectAsync();
        var endpoint = Endpoints.Named(name);

        var description = (await api.GetAsync("/openapi/v1.json")).AssertStatus(200).Json;

        Assert.StartsWith("3.", description.Text("openapi"), StringComparison.Ordinal);
        Assert.True(description.GetProperty("paths").TryGetProperty(endpoint.Path, out var row), $"{endpoint.Path} is not described");
        Assert.True(row.TryGetProperty(endpoint.Method.ToLowerInvariant(), out var operation), $"{name} is not described");
        Assert.Equal(endpoint.MediaTypes, MediaTypesOf(operation));
        Assert.Equal(endpoint.Query.Select(parameter => parameter.Split('=')[0]), QueryOf(operation));
    }

    [Fact]
    public async Task The_interface_describes_no_row_that_the_tests_do_not_know()
    {
        var api = await ConnectAsync();

        var paths = (await api.GetAsync("/openapi/v1.json")).AssertStatus(200).Json.GetProperty("paths");

        var described = from path in paths.EnumerateObject()
                        from operation in path.Value.EnumerateObject()
                        select $"{operation.Name.ToUpperInvariant()} {path.Name}";
        Assert.Equal(Endpoints.All.Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
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
                   select $"{operation.Name.ToUpperInvariant()} {path.Name}";
        var anybodys = Endpoints.All.Where(endpoint => endpoint.Caller is Caller.Anybody or Caller.Page or Caller.Service).Select(endpoint => endpoint.Name);
        Assert.Equal(anybodys.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
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
    public async Task The_interface_can_be_read_on_a_page_that_asks_no_other_host()
    {
        var api = await ConnectAsync();

        var page = (await api.GetAsync("/docs/")).AssertStatus(200);

        Assert.StartsWith("text/html", page.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("//", page.Text.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        (await api.GetAsync("/docs/scalar.js")).AssertStatus(200);
    }

    [Fact]
    public async Task Operations_refuse_what_they_do_not_know_like_everything_else()
    {
        var api = await ConnectAsync();

        (await api.PostAsync("/health/live")).AssertProblem(405, "method_not_allowed");
        (await api.GetAsync("/openapi/v2.json")).AssertProblem(404, "not_found");
    }

    private static IEnumerable<string> MediaTypesOf(JsonElement operation) => operation.TryGetProperty("requestBody", out var body)
        ? body.GetProperty("content").EnumerateObject().Select(content => content.Name)
        : [];

    private static IEnumerable<string> QueryOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(parameter => parameter.Text("in") == "query").Select(parameter => parameter.Text("name"))
        : [];

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

using System.Text;
using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

public abstract class RequestBodyContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Login = "/api/user/login";

    [Fact]
    public async Task Forms_are_taken_like_json()
    {
        var api = await ConnectAsync();
        var (email, password) = (ApiClient.NewEmail(), "walnut & ladder=4711 ü");

        (await api.PostAsync("/api/user/create", RequestContent.Form(("email", email), ("password", password)))).AssertStatus(201);
        var login = await api.PostAsync(Login, RequestContent.Form(("email", email), ("password", password), ("device_name", "Form")));
        var session = Session.Of(new User("", email, password), login.AssertIsTokenResponse());
        Assert.Equal("Form", session.Response.GetProperty("device").Text("name"));
        (await api.PostAsync("/api/user/login/verify", RequestContent.Form(("token", session.Access)))).AssertStatus(200);
        (await api.PostAsync("/api/user/login/refresh", RequestContent.Form(("refresh", session.Refresh)))).AssertIsTokenResponse();
        var change = RequestContent.Form(("current_password", password), ("new_password", "cobalt window 2219"));
        var changed = (await api.PostAsync("/api/user/password", change, session.Access)).AssertIsTokenResponse();
        var delete = RequestContent.Form(("current_password", "cobalt window 2219"));
        (await api.DeleteAsync("/api/user/delete", changed.Json.Text("access"), delete)).AssertEmpty(204);
    }

    [Fact]
    public async Task Fields_missing_from_a_form_are_named()
    {
        var api = await ConnectAsync();

        (await api.PostAsync(Login, RequestContent.Form(("password", "x")))).AssertProblem(400, "validation_failed", "email");
    }

    [Fact]
    public async Task Unknown_members_are_ignored()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();
        var body = new { email = user.Email, password = user.Password, remember_me = true, nested = new { a = new[] { 1, 2 } } };

        (await api.PostAsync(Login, body)).AssertIsTokenResponse();
        var form = RequestContent.Form(("email", user.Email), ("password", user.Password), ("csrf", "x"));
        (await api.PostAsync(Login, form)).AssertIsTokenResponse();
    }

    [Theory]
    [InlineData("""{"email":"a@example.com","password":"one","password":"two"}""")]
    [InlineData("""{"email":"a@example.com","password":"same","password":"same"}""")]
    [InlineData("""{"email":"a@example.com","\u0065mail":"b@example.com","password":"x"}""")]
    [InlineData("""{"email":"a@example.com","password":"x","other":1,"other":2}""")]
    public async Task A_duplicate_key_is_refused(string body)
    {
        var api = await ConnectAsync();

        (await api.PostAsync(Login, RequestContent.Json(body))).AssertProblem(400, "invalid_request");
    }

    [Fact]
    public async Task A_duplicate_key_is_refused_in_forms_and_profiles_too()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.PostAsync(Login, RequestContent.Form("email=a%40example.com&password=one&password=two"))).AssertProblem(400, "invalid_request");
        foreach (var body in new[] { """{"a":1,"a":2}""", """{"a":{"b":1,"b":2}}""" })
            (await api.PatchAsync("/api/user/profile", RequestContent.Json(body), session.Access)).AssertProblem(400, "invalid_request");
        await api.AssertAccessIsGoodAsync(session.Access);
    }

    [Theory]
    [InlineData("/api/user/login", """{"email":1,"password":"x"}""")]
    [InlineData("/api/user/login", """{"email":"a@example.com","password":true}""")]
    [InlineData("/api/user/login", """{"email":["a@example.com"],"password":"x"}""")]
    [InlineData("/api/user/login", """{"email":"a@example.com","password":{"a":"x"}}""")]
    [InlineData("/api/user/login", """{"email":"a@example.com","password":"x","device_name":5}""")]
    [InlineData("/api/user/create", """{"email":"a@example.com","password":"walnut ladder 4711","profile":"text"}""")]
    [InlineData("/api/user/create", """{"email":"a@example.com","password":"walnut ladder 4711","profile":[]}""")]
    [InlineData("/api/user/login/refresh", """{"refresh":5}""")]
    [InlineData("/api/user/login/verify", """{"token":{}}""")]
    public async Task A_value_of_the_wrong_type_is_refused(string path, string body)
    {
        var api = await ConnectAsync();

        (await api.PostAsync(path, RequestContent.Json(body))).AssertProblem(400, "invalid_request");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}}")]
    [InlineData("{} x")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    [InlineData("{'email':'a@example.com'}")]
    [InlineData("{\"email\":\"a@example.com\",}")]
    [InlineData("/* comment */{}")]
    [InlineData("email=a%40example.com")]
    [InlineData("{\"email\":\"line\nbreak\"}")]
    public async Task What_is_no_json_object_is_refused(string body)
    {
        var api = await ConnectAsync();

        (await api.PostAsync(Login, RequestContent.Json(body))).AssertProblem(400, "invalid_request");
    }

    [Fact]
    public async Task Broken_text_is_refused()
    {
        var api = await ConnectAsync();
        var invalidUtf8 = "{\"email\":\"a@example.com\",\"password\":\"?\"}"u8.ToArray();
        invalidUtf8[Array.LastIndexOf(invalidUtf8, (byte)'?')] = 0xff;

        (await api.PostAsync(Login, RequestContent.Of("application/json", invalidUtf8))).AssertProblem(400, "invalid_request");
        foreach (var text in new[] { """{"email":"\ud800@example.com","password":"x"}""", """{"email":"a@example.com","password":"\udc00"}""" })
            (await api.PostAsync(Login, RequestContent.Json(text))).AssertStatus(400);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"\ud800":null}""")]
    [InlineData("""{"\ud800":1,"\udc00":2}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":{"\ud800":1}}""")]
    [InlineData("""{"a":["\udc00"]}""")]
    public async Task Broken_text_is_refused_wherever_it_stands(string profile)
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        var create = $$"""{"email":"{{ApiClient.NewEmail()}}","password":"walnut ladder 4711","profile":{{profile}}}""";

        (await api.PatchAsync("/api/user/profile", RequestContent.Json(profile), session.Access)).AssertProblem(400, "invalid_request");
        (await api.PostAsync("/api/user/create", RequestContent.Json(create))).AssertProblem(400, "invalid_request");
        (await api.PostAsync(Login, RequestContent.Json(profile))).AssertProblem(400, "invalid_request");
        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task A_body_nested_out_of_all_reason_is_refused()
    {
        var api = await ConnectAsync();
        var nested = new string('[', 2000) + new string(']', 2000);

        (await api.PostAsync(Login, RequestContent.Json($$"""{"x":{{nested}}}"""))).AssertProblem(400, "invalid_request");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/octet-stream")]
    public async Task Another_media_type_is_refused(string? mediaType)
    {
        var api = await ConnectAsync();
        var body = """{"email":"a@example.com","password":"x"}"""u8.ToArray();

        (await api.PostAsync(Login, RequestContent.Of(mediaType, body))).AssertProblem(415, "unsupported_media_type");
    }

    public static TheoryData<string> EndpointsWithBody => [.. Endpoints.WithBody.Select(endpoint => endpoint.Name)];

    public static TheoryData<string> EndpointNames => [.. Endpoints.OfPeople.Select(endpoint => endpoint.Name)];

    [Theory]
    [MemberData(nameof(EndpointsWithBody))]
    public async Task An_endpoint_takes_the_media_types_that_it_says_and_no_other(string name)
    {
        var api = await ConnectAsync();
        var endpoint = Endpoints.Named(name);
        var administrator = await api.LoginAsAdministratorAsync();
        string[] offered = ["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml"];

        foreach (var mediaType in offered)
        {
            var account = await SampleAccount.SignUpAsync(api);
            using var body = RequestContent.Of(mediaType, "unknown=1"u8.ToArray());
            var answer = await api.SendAsync(
                HttpMethod.Parse(endpoint.Method),
                account.PathFor(endpoint),
                body,
                account.TokenFor(endpoint.Caller, administrator.Access));
            Assert.Equal(endpoint.MediaTypes.Contains(mediaType), answer.Status != 415);
        }
    }

    [Fact]
    public async Task The_administration_takes_json_only()
    {
        var api = await ConnectAsync();
        var administrator = await api.LoginAsAdministratorAsync();
        var session = await api.SignUpAsync();
        var path = $"/api/admin/users/{session.User.Id}/revoke";

        (await api.PostAsync(path, RequestContent.Form(("token_type", "all")), administrator.Access)).AssertProblem(415, "unsupported_media_type");

        await api.AssertLivesAsync(session);
        var bodies = Endpoints.WithBody.Where(endpoint => endpoint.Caller == Caller.Administrator);
        Assert.All(bodies, endpoint => Assert.Equal(["application/json"], endpoint.MediaTypes));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("Application/JSON")]
    public async Task The_spelling_of_the_media_type_changes_nothing(string mediaType)
    {
        var api = await ConnectAsync();
        var body = Encoding.UTF8.GetBytes($$"""{"email":"{{ApiClient.NewEmail()}}","password":"walnut ladder 4711"}""");

        (await api.PostAsync("/api/user/create", RequestContent.Of(mediaType, body))).AssertStatus(201);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_too_large_is_refused_whether_or_not_its_length_is_announced(bool chunked)
    {
        var api = await ConnectAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Login);
        request.Content = RequestContent.Json($$"""{"email":"a@example.com","password":"x","other":"{{new string('x', 256 * 1024)}}"}""");
        request.Headers.TransferEncodingChunked = chunked;
        // Otherwise the answer may be lost with the connection, which the server closes while the body is still on its way.
        request.Headers.ExpectContinue = true;

        (await api.SendAsync(request)).AssertProblem(413, "body_too_large");
    }

    [Theory]
    [MemberData(nameof(EndpointNames))]
    public async Task A_trailing_slash_changes_nothing(string name)
    {
        var api = await ConnectAsync();
        var endpoint = Endpoints.Named(name);
        var path = endpoint.PathFor(Guid.Empty.ToString(), Guid.Empty.ToString()).Split('?')[0];
        var expected = (endpoint.Caller, endpoint.Method) switch
        {
            (not Caller.Anybody, _) => 401,
            (_, "GET") => 200,
            _ => 415,
        };

        foreach (var spelling in new[] { path, path + "/" })
        {
            using var body = expected == 415 ? RequestContent.Of("text/plain", [1]) : null;
            (await api.SendAsync(HttpMethod.Parse(endpoint.Method), spelling, body)).AssertStatus(expected);
        }
    }
}

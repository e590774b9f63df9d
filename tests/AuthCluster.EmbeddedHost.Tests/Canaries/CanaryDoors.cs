using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AuthCluster.Contract;
using AuthCluster.Contract.Catalogue;

namespace AuthCluster.EmbeddedHost.Tests.Canaries;

/// <summary>Where secrets are sent, the right way and in every way that goes wrong. Each door takes one, and tells what was answered.</summary>
internal sealed class CanaryDoors(ApiClient api)
{
    private const string Json = "application/json";

    private readonly List<string> _handedOut = [];
    private Session _session = null!;

    /// <summary>Tokens that the server gave away: as secret as what was sent.</summary>
    public IReadOnlyList<string> HandedOut => _handedOut;

    /// <summary>Every member of a body of the catalogue that is secret, as JSON and as form; then what is right, and what is no body at all.</summary>
    public IReadOnlyList<Func<string, Task<Answer>>> Members =>
    [
        .. from call in Endpoints.Calls
           from placeholder in Placeholders.Secrets
           where call.Body?.Contains($"\"${placeholder}\"", StringComparison.Ordinal) == true
           from isForm in call.Endpoint.TakesForms ? [false, true] : (bool[])[false]
           select (Func<string, Task<Answer>>)(secret => SendAsync(call, placeholder, secret, isForm)),
        password => CreateAsync(ApiClient.NewEmail(), string.Concat(Enumerable.Repeat(password, 20))),
        LogInWithAsync,
        password => LoginAsync(_session.User.Email, password),
        password => api.PostAsync(
            "/api/user/login", RequestContent.Form(("email", _session.User.Email), ("password", password), ("captcha", FakeCaptchaProvider.Solved))),
        password => ChangeAsync(password, "walnut ladder 4711 c"),
        ChangeToAsync,
        password => api.PostAsync("/api/user/login", Text($$"""{"email":"x@example.com","password":"{{password}}","password":"{{password}}"}""")),
        password => api.PostAsync("/api/user/login", Text($$"""{"email":"x@example.com","password":"{{password}}""")),
        password => api.PostAsync("/api/user/login", Text($$"""{"email":"x@example.com","password":{{password}}}""")),
        password => api.PostAsync("/api/user/create", Text($$"""{"email":"x@example.com","password":["{{password}}"]}""")),
        password => api.PostAsync("/api/user/create", Text($$"""{"email":"x@example.com","password":"{{password}}"}""", "text/plain")),
        token => api.PostAsync("/api/user/login/verify", Text($$"""{"token":["{{token}}"]}""")),
        token => LoginAsync(_session.User.Email, _session.User.Password, deviceToken: token),
        token => api.PostAsync("/oauth/introspect", RequestContent.Form(("token", token))),
        token => api.PostAsync("/oauth/revoke", RequestContent.Form(("token", token))),
    ];

    /// <summary>Every endpoint that takes a token, and headers in which one is sent by mistake.</summary>
    public IReadOnlyList<Func<string, Task<Answer>>> Bearers =>
    [
        .. Endpoints.WithBearer.Select(endpoint => (Func<string, Task<Answer>>)(token => api.SendAsync(
            HttpMethod.Parse(endpoint.Method), endpoint.PathFor(_session.User.Id, _session.DeviceId), token: token))),
        token => api.GetAsync("/api/user/view", $"{_session.Access[.._session.Access.LastIndexOf('.')]}.{token}"),
        token => api.GetAsync("/api/forward-auth", $"{token}.{token}.{token}"),
        token => WithHeaderAsync("Authorization", $"JWT {token}"),
        token => WithHeaderAsync("Authorization", $"Basic {token}"),
        token => WithHeaderAsync("Authorization", $"Bearer {token} {token}"),
        token => WithHeaderAsync("Cookie", $"session={token}"),
    ];

    public IReadOnlyList<Func<string, Task<Answer>>> Codes =>
    [
        code => LoginAsync(_session.User.Email, _session.User.Password, otp: code),
        code => LoginAsync(_session.User.Email, _session.User.Password, captcha: code),
        code => api.PostAsync("/api/user/login/mfa", new { mfa_token = code, code }),
        code => api.PostAsync("/api/user/totp/confirm", new { code }, _session.Access),
        code => api.PostAsync("/api/user/totp/login", new { code }, _session.Access),
        code => api.PostAsync("/api/user/static/create", new { code }, _session.Access),
        code => api.PostAsync("/api/user/verify", new { token = code }),
        code => api.PostAsync("/api/user/email/confirm", new { token = code }),
        code => api.PostAsync("/api/user/password/reset/confirm", new { token = code, new_password = code }),
    ];

    /// <summary>Lines that are no HTTP, and headers that are too long: refused before anything of ours sees them.</summary>
    public IReadOnlyList<Func<string, Task<string>>> Malformed =>
    [
        token => RawRequest.SendAsync(api, $"GET /api/user/view HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization Bearer {token}\r\n\r\n"),
        token => RawRequest.SendAsync(api, $"GET /api/user/view HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\u0001\r\n\r\n"),
        token => RawRequest.SendAsync(api, $"GET /api/user/view HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}{new string('x', 40_000)}\r\n\r\n"),
        token => RawRequest.SendAsync(api, $"POST /api/user/login HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n{token}"),
        token => RawRequest.SendAsync(api, $"password={token}\r\n\r\n"),
    ];

    /// <summary>A session that the doors use: each test of a secret is by somebody who may come in.</summary>
    public async Task OpenAsync()
    {
        var user = new User("", ApiClient.NewEmail(), "walnut ladder 4711 b");
        (await CreateAsync(user.Email, user.Password)).AssertStatus(201);
        _session = Keep(Session.Of(user, await LoginAsync(user.Email, user.Password)));
    }

    /// <summary>Uses each token of a session wherever it is good, until it is over.</summary>
    public async Task UseUpAsync()
    {
        (await api.GetAsync("/api/forward-auth", _session.Access)).AssertStatus(200);
        (await api.GetAsync("/api/user/view", _session.Access)).AssertStatus(200);
        (await api.VerifyAsync(_session.Refresh)).AssertStatus(200);
        var renewed = Keep(Session.Of(_session.User, await api.TryRefreshAsync(_session.Refresh)));
        (await LoginAsync(_session.User.Email, _session.User.Password, renewed.DeviceToken)).AssertStatus(200);
        (await api.PostAsync("/api/user/logout", token: renewed.Access)).AssertEmpty(204);
        (await api.TryRefreshAsync(renewed.Refresh)).AssertStatus(401);
    }

    /// <summary>A call with the secret at one place and nobody's values at the others.</summary>
    private Task<Answer> SendAsync(EndpointCall call, string placeholder, string secret, bool isForm)
    {
        var json = call.BodyWith(name => name == placeholder ? secret : SampleAccount.ValueOfNobody(name))!;
        var texts = from member in JsonElement.Parse(json).EnumerateObject()
                    where member.Value.ValueKind == JsonValueKind.String
                    select (member.Name, member.Value.GetString()!);
        return api.SendAsync(
            HttpMethod.Parse(call.Endpoint.Method),
            call.Endpoint.PathFor(_session.User.Id, _session.DeviceId),
            isForm ? RequestContent.Form([.. texts]) : RequestContent.Json(json),
            call.Endpoint.Caller == Caller.Anybody ? null : _session.Access);
    }

    private Task<Answer> CreateAsync(string email, string password) => api.PostAsync("/api/user/create", new { email, password });

    private Task<Answer> LoginAsync(
        string email, string password, string? deviceToken = null, string? otp = null, string captcha = FakeCaptchaProvider.Solved) =>
        api.PostAsync("/api/user/login", new { email, password, device_token = deviceToken, otp, captcha });

    private async Task<Answer> LogInWithAsync(string password)
    {
        var user = new User("", ApiClient.NewEmail(), password);
        (await CreateAsync(user.Email, password)).AssertStatus(201);
        var answer = await LoginAsync(user.Email, password);
        Keep(Session.Of(user, answer));
        return answer;
    }

    private Task<Answer> ChangeAsync(string current, string changed) =>
        api.PostAsync("/api/user/password", new { current_password = current, new_password = changed }, _session.Access);

    private async Task<Answer> ChangeToAsync(string password)
    {
        var answer = await ChangeAsync(_session.User.Password, password);
        _session = Keep(Session.Of(_session.User with { Password = password }, answer));
        return answer;
    }

    private async Task<Answer> WithHeaderAsync(string name, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/user/view");
        request.Headers.TryAddWithoutValidation(name, value);
        return await api.SendAsync(request);
    }

    private static StringContent Text(string text, string mediaType = Json) => new(text, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));

    private Session Keep(Session session)
    {
        // Of a token what nobody else's has: the end of its signature.
        _handedOut.AddRange(session.Access[^40..], session.Refresh[^40..], session.DeviceToken[^40..]);
        return session;
    }
}

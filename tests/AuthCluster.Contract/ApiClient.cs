using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AuthCluster.Contract;

/// <summary>One client of the HTTP interface, with one user agent.</summary>
public sealed class ApiClient(HttpClient http, string userAgent = UserAgents.ChromeOnWindows)
{
    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static int _users;

    public string UserAgent => userAgent;

    public Uri BaseAddress => http.BaseAddress!;

    /// <summary>The origin of the server's own pages.</summary>
    public string Origin => BaseAddress.GetLeftPart(UriPartial.Authority);

    /// <summary>The same client with another browser.</summary>
    public ApiClient With(string otherUserAgent) => new(http, otherUserAgent);

    public static string NewEmail() => $"user{Interlocked.Increment(ref _users)}-{Guid.NewGuid():N}@example.com";

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, null, token);

    /// <param name="body">Members of a JSON object, or content that is sent as it is.</param>
    public Task<Answer> PostAsync(string path, object? body = null, string? token = null) => SendAsync(HttpMethod.Post, path, body, token);

    public Task<Answer> PatchAsync(string path, object? body, string? token = null) => SendAsync(HttpMethod.Patch, path, body, token);

    public Task<Answer> DeleteAsync(string path, string? token = null, object? body = null) => SendAsync(HttpMethod.Delete, path, body, token);

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body, body.GetType(), options: WithoutNulls),
        };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        // As a browser does with a page of this server.
        if (request.RequestUri!.OriginalString.StartsWith("/api/session/", StringComparison.Ordinal) && !request.Headers.Contains("Origin"))
            request.Headers.Add("Origin", Origin);
        using var response = await http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>What a page asks of its session.</summary>
    /// <param name="cookies">As in the header.</param>
    public async Task<Answer> PostFromPageAsync(string path, object? body = null, string? cookies = null, string? token = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body is null or HttpContent ? (HttpContent?)body : JsonContent.Create(body, body.GetType(), options: WithoutNulls);
        if (cookies is not null)
            request.Headers.Add("Cookie", cookies);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await SendAsync(request);
    }

    /// <summary>A new account.</summary>
    public async Task<User> RegisterAsync(string? email = null, object? profile = null)
    {
        var user = new User(Id: "", email ?? NewEmail(), Password: $"walnut ladder {Guid.NewGuid():N}");
        var answer = await PostAsync("/api/user/create", new { email = user.Email, password = user.Password, profile });
        return user with { Id = answer.AssertStatus(201).Json.Text("id") };
    }

    public async Task<Session> LoginAsync(User user, string? deviceName = null, string? deviceToken = null)
    {
        var answer = await PostAsync(
            "/api/user/login",
            new { email = user.Email, password = user.Password, device_name = deviceName, device_token = deviceToken });
        return Session.Of(user, answer);
    }

    /// <summary>A login that may be refused.</summary>
    public Task<Answer> TryLoginAsync(string email, string password, string? deviceToken = null) =>
        PostAsync("/api/user/login", new { email, password, device_token = deviceToken });

    /// <summary>A login of a user who may have a second factor.</summary>
    public Task<Answer> TryLoginAsync(User user, string? otp = null, string? deviceToken = null) =>
        PostAsync("/api/user/login", new { email = user.Email, password = user.Password, device_token = deviceToken, otp });

    /// <summary>A new account that is logged in.</summary>
    public async Task<Session> SignUpAsync(object? profile = null) => await LoginAsync(await RegisterAsync(profile: profile));

    public async Task<Session> LoginAsAdministratorAsync() =>
        await LoginAsync(new User(Id: "", ContractSuite.AdministratorEmail, ContractSuite.AdministratorPassword));

    public async Task<Session> RefreshAsync(Session session) => Session.Of(session.User, await TryRefreshAsync(session.Refresh));

    public Task<Answer> TryRefreshAsync(string refresh) => PostAsync("/api/user/login/refresh", new { refresh });

    public Task<Answer> VerifyAsync(string token) => PostAsync("/api/user/login/verify", new { token });
}

/// <param name="Id">Empty where the test did not create the account.</param>
public sealed record User(string Id, string Email, string Password);

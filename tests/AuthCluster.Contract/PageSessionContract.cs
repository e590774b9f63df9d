using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>Sessions of the server's own pages, whose refresh token no script sees.</summary>
public abstract class PageSessionContract(SharedServers servers) : ContractSuite(servers)
{
    private const string Login = "/api/session/login";
    private const string Refresh = "/api/session/refresh";
    private const string Logout = "/api/session/logout";

    private static IEnumerable<Endpoint> OfPages => Endpoints.All.Where(endpoint => endpoint.Path.StartsWith("/api/session/", StringComparison.Ordinal));

    public static TheoryData<string> Names => [.. OfPages.Select(endpoint => endpoint.Name)];

    public static TheoryData<string> NamesOfTokenAnswers => [.. OfPages.Where(endpoint => endpoint.HandsOutTokens).Select(endpoint => endpoint.Name)];

    [Theory]
    [MemberData(nameof(NamesOfTokenAnswers))]
    public async Task The_refresh_token_is_in_a_cookie_that_no_script_reads_and_in_no_body(string name)
    {
        var api = await ConnectAsync();
        var call = Endpoints.CallNamed(name);
        var account = await SampleAccount.SignUpAsync(api, call.Endpoint);

        var answer = (await account.SendAsync(api, call, administrator: "")).AssertStatus(200);

        var cookie = answer.Cookie("refresh");
        Assert.NotNull(cookie);
        Assert.Equal("rt+jwt", DecodedToken.Of(cookie).Header.Text("typ"));
        var maxAge = answer.Json.GetProperty("refresh_expires_in").GetInt32();
        Assert.Equal($"refresh={cookie}; max-age={maxAge}; path=/api/session; samesite=strict; httponly", answer.SetCookie("refresh"));
        Assert.Contains("; path=/api/session; samesite=strict; httponly", answer.SetCookie("device"), StringComparison.Ordinal);
        Assert.Null(answer.Cookie("access"));
        Assert.False(answer.Json.TryGetProperty("refresh", out _));
        Assert.DoesNotContain(cookie, answer.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        await api.AssertAccessIsGoodAsync(answer.Json.Text("access"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_of_another_origin_does_nothing(string name)
    {
        var api = await ConnectAsync();
        var call = Endpoints.CallNamed(name);
        var account = await SampleAccount.SignUpAsync(api, call.Endpoint);
        string[] foreign =
        [
            "null", "http://evil.example", $"{api.Origin}.evil.example", $"{api.Origin}0", $"{api.Origin}/", $"http://{api.BaseAddress.Host}:1",
            $"http://{api.BaseAddress.Host}", $"ftp://{api.BaseAddress.Authority}", $"{api.Origin} http://evil.example", api.BaseAddress.Authority,
        ];

        foreach (var origin in foreign)
        {
            var answer = await api.PostFromPageAsync(
                call.Endpoint.Path,
                call.BodyWith(account.ValueOf) is { } body ? RequestContent.Json(body) : null,
                $"refresh={account.One.Refresh}",
                account.TokenFor(call.Endpoint.Caller, ""),
                origin);
            answer.AssertProblem(403, "permission_denied");
            Assert.Null(answer.Header("Set-Cookie"));
        }

        await api.AssertLivesAsync(account.One, mfaEnabled: call.Endpoint.SecondFactor == SecondFactor.On);
        await api.AssertLivesAsync(account.Other, mfaEnabled: call.Endpoint.SecondFactor == SecondFactor.On);
    }

    [Fact]
    public async Task Without_an_origin_nothing_is_done()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        foreach (var path in new[] { Refresh, Logout })
        {
            var answer = await RawRequest.SendAsync(
                api, $"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: refresh={session.Refresh}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        }

        await api.AssertLivesAsync(session);
    }

    [Fact]
    public async Task A_form_is_refused()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();

        var answer = await api.PostFromPageAsync(Login, RequestContent.Form(("email", user.Email), ("password", user.Password)));

        answer.AssertProblem(415, "unsupported_media_type");
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task On_https_the_cookies_are_secure_and_named_so()
    {
        var api = await ConnectAsync("PublicUrl=https://auth.example.com/accounts");
        var user = await api.RegisterAsync();
        const string origin = "https://auth.example.com";

        var login = (await api.PostFromPageAsync(Login, new { email = user.Email, password = user.Password }, origin: origin)).AssertStatus(200);

        Assert.EndsWith("; path=/accounts/api/session; secure; samesite=strict; httponly", login.SetCookie("__Secure-refresh"), StringComparison.Ordinal);
        Assert.Null(login.Cookie("refresh"));
        var refresh = login.Cookie("__Secure-refresh");
        (await api.PostFromPageAsync(Refresh, cookies: $"refresh={refresh}", origin: origin)).AssertProblem(401, "not_authenticated");
        (await api.PostFromPageAsync(Refresh, cookies: $"__Secure-refresh={refresh}", origin: origin)).AssertStatus(200);
    }

    [Fact]
    public async Task The_origin_of_the_host_that_was_asked_is_our_own_with_tls_in_front_too()
    {
        var api = await ConnectAsync();
        var user = await api.RegisterAsync();

        var login = await api.PostFromPageAsync(
            Login, new { email = user.Email, password = user.Password }, origin: $"https://{api.BaseAddress.Authority}");

        Assert.Contains("; secure;", login.AssertStatus(200).SetCookie("__Secure-refresh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_goes_by_the_cookie_alone_and_rotates_it()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();

        (await api.PostFromPageAsync(Refresh, new { refresh = session.Refresh })).AssertProblem(401, "not_authenticated");
        var neighbours = "theme=\"a, b\"; {\"x\":1}; empty=; refreshed=1";
        var second = Session.Of(session.User, await api.PostFromPageAsync(Refresh, cookies: $"{neighbours}; refresh={session.Refresh}; last=1"));

        Assert.Equal(session.DeviceId, second.DeviceId);
        Assert.Equal(DecodedToken.Of(session.Refresh).Rotation + 1, DecodedToken.Of(second.Refresh).Rotation);
        // A second tab that had the cookie before.
        var third = Session.Of(session.User, await api.PostFromPageAsync(Refresh, cookies: $"refresh={session.Refresh}"));
        Assert.Equal(DecodedToken.Of(second.Refresh).Id, DecodedToken.Of(third.Refresh).Id);
        await api.AssertAccessIsGoodAsync(third.Access);
    }

    [Fact]
    public async Task Of_two_cookies_of_one_name_none_counts()
    {
        var api = await ConnectAsync();
        var (one, other) = (await api.SignUpAsync(), await api.SignUpAsync());

        var answer = await api.PostFromPageAsync(Refresh, cookies: $"refresh={one.Refresh}; refresh={other.Refresh}");

        answer.AssertProblem(401, "not_authenticated");
    }

    [Fact]
    public async Task A_logout_ends_the_session_of_the_cookie_and_takes_the_cookie_back()
    {
        var api = await ConnectAsync("Tokens:AccessLifetime=00:00:01");
        var session = await api.SignUpAsync();
        var other = await api.LoginAsync(session.User);
        // Times in tokens are whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1));

        var answer = await api.PostFromPageAsync(Logout, cookies: $"refresh={session.Refresh}");

        answer.AssertEmpty(204);
        Assert.Equal("refresh=; max-age=0; path=/api/session; samesite=strict; httponly", answer.SetCookie("refresh"));
        Assert.Null(answer.Cookie("device"));
        await api.AssertIsOverAsync(session);
        (await api.TryRefreshAsync(other.Refresh)).AssertStatus(200);
        (await api.PostFromPageAsync(Logout, cookies: $"refresh={session.Refresh}")).AssertProblem(401, "token_not_valid");
    }

    [Fact]
    public async Task A_cookie_that_is_refused_is_left_to_the_tab_that_may_have_renewed_it()
    {
        var api = await ConnectAsync();
        var session = await api.SignUpAsync();
        (await api.PostAsync("/api/user/logout/all", token: session.Access)).AssertEmpty(204);

        var answer = await api.PostFromPageAsync(Refresh, cookies: $"refresh={session.Refresh}");

        answer.AssertProblem(401, "token_not_valid");
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task A_login_that_owes_a_second_factor_sets_no_cookie_and_its_completion_does()
    {
        var api = await ConnectAsync();
        var (session, codes) = await Authenticator.TurnOnAsync(api, await api.SignUpAsync());

        var owed = await api.PostFromPageAsync(Login, new { email = session.User.Email, password = session.User.Password });

        owed.AssertProblem(401, "mfa_required");
        Assert.Null(owed.Header("Set-Cookie"));
        var completed = await api.PostFromPageAsync("/api/session/login/mfa", new { mfa_token = owed.Json.Text("mfa_token"), code = codes[0] });
        Assert.NotNull(completed.AssertStatus(200).Cookie("refresh"));
    }

    [Fact]
    public async Task Strangers_cannot_lock_the_owner_out_of_a_browser_that_logged_in_before()
    {
        var api = await ConnectAsync("Login:AttemptsPerAccount=3");
        var user = await api.RegisterAsync();
        var login = new { email = user.Email, password = user.Password };
        var device = (await api.PostFromPageAsync(Login, login)).AssertStatus(200).Cookie("device");
        for (var i = 0; i < 3; i++)
            (await api.TryLoginAsync(user.Email, "not the password 9")).AssertProblem(401, "invalid_credentials");
        (await api.PostFromPageAsync(Login, login)).AssertProblem(429, "too_many_attempts");

        (await api.PostFromPageAsync(Login, login, $"device={device}")).AssertStatus(200);
    }

    [Fact]
    public async Task Without_the_pages_their_sessions_are_not_there_either()
    {
        var api = await ConnectAsync("Pages:Enabled=false");

        (await api.PostFromPageAsync(Refresh, cookies: "refresh=x")).AssertProblem(404, "not_found");
    }
}

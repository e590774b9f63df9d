using System.Globalization;
using System.Text;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Load;

/// <summary>What clients do with accounts. The numbers of passwords and roles are never used twice.</summary>
internal sealed class Numbers
{
    // More at a time than the servers' hash lane has places would be turned away: nobody would know whether it happened.
    private const int PasswordCallsAtOnce = 4;

    private int _last;

    public SemaphoreSlim PasswordCalls { get; } = new(PasswordCallsAtOnce);

    public int Next() => Interlocked.Increment(ref _last);
}

/// <summary>Every act of one client, with what it makes the client believe.</summary>
internal sealed class UserActs(Api api, LoadUser administrator, Numbers numbers, Random random, int nodes)
{
    public async Task<LoadUser?> RegisterAsync(int number, string email)
    {
        const string Password = "cobalt zero ladder walnut";
        await numbers.PasswordCalls.WaitAsync();
        try
        {
            var operation = About(OperationKind.Register, number) with { NewPassword = 0 };
            var call = await api.CallAsync(operation, "POST", "/api/user/create", body: $$"""{"email":"{{email}}","password":"{{Password}}"}""");
            return call.AccountId is { } id ? new LoadUser(number, email, Password, id) : null;
        }
        finally
        {
            numbers.PasswordCalls.Release();
        }
    }

    public async Task<Session?> LoginAsync(LoadUser user)
    {
        await numbers.PasswordCalls.WaitAsync();
        try
        {
            var password = user.Password;
            var call = await api.CallAsync(
                About(OperationKind.Login, user.Number) with { Number = password },
                "POST",
                "/api/user/login",
                body: $$"""{"email":"{{user.Email}}","password":"{{user.PasswordText(password)}}"}""");
            if (call.Session is { } session)
                user.Hold(session);
            else if (call.Refused)
                user.PasswordIsNot(password);
            return call.Session;
        }
        finally
        {
            numbers.PasswordCalls.Release();
        }
    }

    public async Task<Session?> RefreshAsync(LoadUser user, Session session)
    {
        var call = await ExchangeAsync(user, session.Refresh);
        if (call.Refused)
            user.Drop(session);
        return call.Session;
    }

    public async Task<Call> ExchangeAsync(LoadUser user, Token refresh)
    {
        var call = await api.CallAsync(
            About(OperationKind.Refresh, user.Number) with { Token = refresh.Id },
            "POST",
            "/api/user/login/refresh",
            body: $$"""{"refresh":"{{Encoding.ASCII.GetString(refresh.Text)}}"}""");
        if (call.Session is { } renewed)
            user.Hold(renewed);
        return call;
    }

    public ValueTask<Call> ForwardAuthAsync(LoadUser user, Token access) =>
        api.CallAsync(About(OperationKind.ForwardAuth, user.Number) with { Token = access.Id }, "GET", "/api/forward-auth", access);

    public ValueTask<Call> ViewAsync(LoadUser user, Token access) =>
        api.CallAsync(About(OperationKind.View, user.Number) with { Token = access.Id }, "GET", "/api/user/view", access);

    public ValueTask<Call> ListDevicesAsync(LoadUser user, Token access) =>
        api.CallAsync(About(OperationKind.Devices, user.Number) with { Token = access.Id }, "GET", "/api/user/devices", access);

    /// <summary>Asks about a token of either kind.</summary>
    public ValueTask<Call> VerifyAsync(LoadUser user, Token token) => api.CallAsync(
        About(OperationKind.Verify, user.Number) with { Token = token.Id },
        "POST",
        "/api/user/login/verify",
        body: $$"""{"token":"{{Encoding.ASCII.GetString(token.Text)}}"}""");

    /// <summary>Revokes something of the user, by his own session or by the administrator.</summary>
    /// <returns>The sessions, of those known before, that the act concerned; <c>null</c> where it was not acknowledged.</returns>
    public async Task<IReadOnlyList<Session>?> RevokeAsync(OperationKind kind, LoadUser user, Session own)
    {
        var before = user.Sessions();
        var target = kind == OperationKind.EndDevice && before.Count > 0 ? before[random.Next(before.Count)] : own;
        var call = await CallAsync(kind, user, own, target);
        if (!call.Succeeded)
        {
            if (call.Refused && call.Operation.Token == own.Access.Id)
                user.DropAccess(own);
            return null;
        }

        IReadOnlyList<Session> concerned = kind.EndsOneSession() ? [target] : before;
        Believe(kind, user, concerned, call.Session);
        return concerned;
    }

    private static void Believe(OperationKind kind, LoadUser user, IReadOnlyList<Session> concerned, Session? renewed)
    {
        if (kind.EndsSessions() || kind.EndsOneSession())
            user.Drop(concerned);
        else if (kind.ReplacesAccessSecret())
            user.DropAccess(concerned);
        if (renewed is not null)
            user.Hold(renewed);
    }

    private async Task<Call> CallAsync(OperationKind kind, LoadUser user, Session own, Session target)
    {
        var operation = About(kind, user.Number) with { Token = own.Access.Id };
        switch (kind)
        {
            case OperationKind.Logout:
                return await api.CallAsync(operation, "POST", "/api/user/logout", own.Access);
            case OperationKind.LogoutAll:
                return await api.CallAsync(operation, "POST", "/api/user/logout/all", own.Access);
            case OperationKind.LogoutOthers:
                return await api.CallAsync(operation, "POST", "/api/user/logout/others", own.Access);
            case OperationKind.ChangeProfile:
                return await api.CallAsync(operation, "PATCH", "/api/user/profile", own.Access, """{"lang":"en"}""");
            case OperationKind.EndDevice:
                return await api.CallAsync(operation with { Target = target.Id }, "DELETE", $"/api/user/devices/{target.Id}", own.Access);
            case OperationKind.ChangePassword:
                return await ChangePasswordAsync(operation, user, own);
            default:
                return await AdministerAsync(kind, user);
        }
    }

    private async Task<Call> ChangePasswordAsync(Operation operation, LoadUser user, Session own)
    {
        await numbers.PasswordCalls.WaitAsync();
        try
        {
            var (current, changed) = (user.Password, numbers.Next());
            var call = await api.CallAsync(
                operation with { Number = current, NewPassword = changed },
                "POST",
                "/api/user/password",
                own.Access,
                $$"""{"current_password":"{{user.PasswordText(current)}}","new_password":"{{user.PasswordText(changed)}}"}""");
            if (call.Succeeded)
                user.PasswordIs(changed);
            else if (call.Operation.Unknown)
                user.PasswordMayBe(changed);
            return call;
        }
        finally
        {
            numbers.PasswordCalls.Release();
        }
    }

    private async Task<Call> AdministerAsync(OperationKind kind, LoadUser user)
    {
        var session = administrator.PickSession(random);
        if (session is { AccessIsGone: true })
            session = await RefreshAsync(administrator, session);
        session ??= await LoginAsync(administrator);
        if (session is null)
            return default;
        var operation = About(kind, user.Number) with { Token = session.Access.Id };
        var path = $"/api/admin/users/{user.AccountId}";
        Call call;
        if (kind == OperationKind.ChangeRole)
        {
            var role = numbers.Next();
            var body = string.Create(CultureInfo.InvariantCulture, $$"""{"roles":["r{{role}}"]}""");
            call = await api.CallAsync(operation with { Number = role }, "PATCH", path, session.Access, body);
        }
        else
        {
            call = await api.CallAsync(operation, "POST", path + "/revoke", session.Access, $$"""{"token_type":"{{TokenType(kind)}}"}""");
        }

        if (call.Refused)
            administrator.DropAccess(session);
        return call;
    }

    private static string TokenType(OperationKind kind) => kind switch
    {
        OperationKind.RevokeAccess => "access",
        OperationKind.RevokeRefresh => "refresh",
        OperationKind.RevokeAll => "all",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No act of an administrator."),
    };

    private Operation About(OperationKind kind, int user) => new() { Kind = kind, User = user, Node = random.Next(nodes) };
}

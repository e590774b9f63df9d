using System.Globalization;
using System.Text;
using AuthCluster.Contract.Catalogue;
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
internal sealed class UserActs(Api api, IReadOnlyList<LoadUser> administrators, Numbers numbers, Random random, int nodes)
{
    private const double SlowShare = 0.1;
    private const int LongestBodyDelay = 200;

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

    /// <summary>Revokes something of the user, by a session of the user's own or by an administrator.</summary>
    /// <returns>The sessions, of those known before, that the act concerned; <c>null</c> where it was not acknowledged.</returns>
    public async Task<IReadOnlyList<Session>?> RevokeAsync(OperationKind kind, LoadUser user, Session own)
    {
        // The roles of administrators stay, so that there are some.
        if (kind == OperationKind.ChangeRole && administrators.Contains(user))
            return null;
        var (by, caller) = kind.IsByAdministrator ? await PickAdministratorAsync() : (user, own);
        if (caller is null)
            return null;
        var before = user.Sessions();
        var target = kind.Revokes == Revoked.NamedSession && before.Count > 0 ? before[random.Next(before.Count)] : own;
        var call = kind == OperationKind.ChangePassword
            ? await ChangePasswordAsync(user, caller)
            : await CallAsync(About(kind, user.Number) with { Number = kind == OperationKind.ChangeRole ? numbers.Next() : -1 }, user, caller, target);
        if (!call.Succeeded)
        {
            if (call.Refused)
                by.DropAccess(caller);
            return null;
        }

        IReadOnlyList<Session> concerned = kind.EndsOneSession ? [target] : before;
        Believe(kind, user, concerned, call.Session);
        return concerned;
    }

    private static void Believe(OperationKind kind, LoadUser user, IReadOnlyList<Session> concerned, Session? renewed)
    {
        if (kind.EndsSessions || kind.EndsOneSession)
            user.Drop(concerned);
        else if (kind.ReplacesAccessSecret)
            user.DropAccess(concerned);
        if (renewed is not null)
            user.Hold(renewed);
    }

    private async Task<(LoadUser Administrator, Session? Session)> PickAdministratorAsync()
    {
        var administrator = administrators[random.Next(administrators.Count)];
        var session = administrator.PickSession(random);
        if (session is { AccessIsGone: true })
            session = await RefreshAsync(administrator, session);
        return (administrator, session ?? await LoginAsync(administrator));
    }

    private async Task<Call> ChangePasswordAsync(LoadUser user, Session own)
    {
        await numbers.PasswordCalls.WaitAsync();
        try
        {
            var operation = About(OperationKind.ChangePassword, user.Number) with { Number = user.Password, NewPassword = numbers.Next() };
            var call = await CallAsync(operation, user, own, own);
            if (call.Succeeded)
                user.PasswordIs(operation.NewPassword);
            else if (call.Operation.Unknown)
                user.PasswordMayBe(operation.NewPassword);
            return call;
        }
        finally
        {
            numbers.PasswordCalls.Release();
        }
    }

    /// <param name="operation">With the numbers that stand for the secrets and the role of the body.</param>
    private async Task<Call> CallAsync(Operation operation, LoadUser user, Session caller, Session target)
    {
        var act = operation.Kind.Call!;
        var body = act.BodyWith(placeholder => placeholder switch
        {
            Placeholders.Email => user.Email,
            Placeholders.Password => user.PasswordText(operation.Number),
            Placeholders.NewPassword => user.PasswordText(operation.NewPassword),
            Placeholders.Role => string.Create(CultureInfo.InvariantCulture, $"r{operation.Number}"),
            _ => throw new InvalidOperationException($"{act.Name}: no client here knows what ${placeholder} is."),
        });
        var isSlow = body is not null && random.NextDouble() < SlowShare;
        return await api.CallAsync(
            operation with { Token = caller.Access.Id, Target = act.Revokes == Revoked.NamedSession ? target.Id : default },
            act.Endpoint.Method,
            act.Endpoint.PathFor(user.AccountId, target.Id.ToString()),
            caller.Access,
            body,
            isSlow ? TimeSpan.FromMilliseconds(random.Next(1, LongestBodyDelay)) : default);
    }

    private Operation About(OperationKind kind, int user) => new() { Kind = kind, User = user, Node = random.Next(nodes) };
}

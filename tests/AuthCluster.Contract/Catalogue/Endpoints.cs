namespace AuthCluster.Contract.Catalogue;

/// <summary>
/// Every operation of the HTTP interface. Suites that try something at each endpoint are queries over these rows, and the OpenAPI document of
/// the running server is compared with them, so that no suite forgets a new endpoint.
/// </summary>
internal static class Endpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new(Caller.Anybody, "POST", "/api/user/create") { Body = """{"email":"$fresh_email","password":"$new_password","profile":{"town":"Bergen"}}""" },
        new(Caller.Anybody, "POST", "/api/user/login")
        {
            Body = """{"email":"$email","password":"$password","device_name":"x","device_token":"x","otp":"x"}""",
            HandsOutTokens = true,
        },
        new(Caller.Anybody, "POST", "/api/user/login/mfa")
        {
            Body = """{"mfa_token":"$mfa_token","code":"$code"}""",
            SecondFactor = SecondFactor.On,
            HandsOutTokens = true,
        },
        new(Caller.Anybody, "POST", "/api/user/login/passkey/options") { Body = """{"mfa_token":""}""", BodyIsOptional = true, OnlyReads = true },
        new(Caller.Anybody, "POST", "/api/user/login/passkey")
        {
            Body = """{"credential":"$assertion","device_name":"x","device_token":"x","mfa_token":""}""",
            HandsOutTokens = true,
        },
        new(Caller.Anybody, "POST", "/api/user/login/legacy") { Body = """{"token":"$link","device_name":"x"}""" },
        new(Caller.Anybody, "POST", "/api/user/login/refresh") { Body = """{"refresh":"$refresh"}""", HandsOutTokens = true },
        new(Caller.Anybody, "POST", "/api/user/login/verify") { Body = """{"token":"$token"}""", OnlyReads = true },

        new(Caller.Anybody, "POST", "/api/user/verify") { Body = """{"token":"$link"}""" },
        new(Caller.Anybody, "POST", "/api/user/verify/resend") { Body = """{"email":"$email"}""", Entry = "verification_requested" },
        new(Caller.Anybody, "POST", "/api/user/password/reset") { Body = """{"email":"$email"}""", Entry = "password_reset_requested" },
        new(Caller.Anybody, "POST", "/api/user/password/reset/confirm") { Body = """{"token":"$link","new_password":"$new_password"}""" },
        new(Caller.Anybody, "POST", "/api/user/email/confirm") { Body = """{"token":"$link"}""" },
        new(Caller.Anybody, "POST", "/api/user/not-me") { Body = """{"token":"$link"}""" },

        new(Caller.User, "POST", "/api/user/logout") { Revokes = Revoked.CallersSession },
        new(Caller.User, "POST", "/api/user/logout/all") { Revokes = Revoked.AllTokens },
        new(Caller.User, "POST", "/api/user/logout/others") { Revokes = Revoked.AllTokens, HandsOutTokens = true },
        new(Caller.User, "GET", "/api/user/view"),
        new(Caller.User, "PATCH", "/api/user/profile") { Body = """{"town":"Bergen"}""", Revokes = Revoked.AccessTokens },
        new(Caller.User, "POST", "/api/user/password")
        {
            Body = """{"current_password":"$password","new_password":"$new_password"}""",
            Revokes = Revoked.AllTokens,
            HandsOutTokens = true,
        },
        new(Caller.User, "POST", "/api/user/email")
        {
            Body = """{"new_email":"$fresh_email","current_password":"$password"}""",
            Entry = "email_change_requested",
        },
        new(Caller.User, "GET", "/api/user/devices"),
        new(Caller.User, "DELETE", "/api/user/devices/{id}") { Revokes = Revoked.NamedSession },
        new(Caller.User, "GET", "/api/user/export"),
        new(Caller.User, "GET", "/api/user/activity") { Query = ["limit", "before"] },
        new(Caller.User, "POST", "/api/user/totp/create") { Body = """{"current_password":"$password"}""", Entry = "totp_created" },
        new(Caller.User, "POST", "/api/user/totp/confirm")
        {
            Body = """{"code":"$code"}""",
            SecondFactor = SecondFactor.Unconfirmed,
            Revokes = Revoked.AllTokens,
            HandsOutTokens = true,
        },
        new(Caller.User, "POST", "/api/user/totp/login")
        {
            Body = """{"code":"$code"}""",
            SecondFactor = SecondFactor.On,
            HandsOutTokens = true,
            Entry = "stepped_up",
        },
        new(Caller.User, "POST", "/api/user/totp/delete")
        {
            Body = """{"current_password":"$password","code":"$code"}""",
            SecondFactor = SecondFactor.On,
            Revokes = Revoked.AccessTokens,
            HandsOutTokens = true,
        },
        new(Caller.User, "POST", "/api/user/static/create")
        {
            Body = """{"code":"$code"}""",
            SecondFactor = SecondFactor.On,
            Entry = "emergency_codes_created",
        },
        new(Caller.User, "POST", "/api/user/passkeys/options") { Body = """{"current_password":"$password"}""", BodyIsOptional = true, OnlyReads = true },
        new(Caller.User, "POST", "/api/user/passkeys") { Body = """{"credential":"$attestation","name":"x"}""", Entry = "passkey_added" },
        new(Caller.User, "GET", "/api/user/passkeys"),
        new(Caller.User, "PATCH", "/api/user/passkeys/{id}") { Body = """{"name":"x"}""", Entry = "passkey_renamed" },
        new(Caller.User, "DELETE", "/api/user/passkeys/{id}") { Entry = "passkey_removed" },
        new(Caller.User, "DELETE", "/api/user/delete") { Body = """{"current_password":"$password"}""", Revokes = Revoked.Account },
        new(Caller.User, "POST", "/api/user/delete") { Body = """{"current_password":"$password"}""", Revokes = Revoked.Account },

        new(Caller.Anybody, "POST", "/api/session/login")
        {
            Body = """{"email":"$email","password":"$password","device_name":"x","device_token":"x","otp":"x"}""",
            HandsOutTokens = true,
        },
        new(Caller.Anybody, "POST", "/api/session/login/mfa")
        {
            Body = """{"mfa_token":"$mfa_token","code":"$code"}""",
            SecondFactor = SecondFactor.On,
            HandsOutTokens = true,
        },
        new(Caller.Anybody, "POST", "/api/session/login/passkey")
        {
            Body = """{"credential":"$assertion","device_name":"x","device_token":"x","mfa_token":""}""",
            HandsOutTokens = true,
        },
        new(Caller.Page, "POST", "/api/session/refresh") { HandsOutTokens = true },
        new(Caller.Page, "POST", "/api/session/logout") { Revokes = Revoked.CallersSession },
        new(Caller.User, "POST", "/api/session/logout/others") { Revokes = Revoked.AllTokens, HandsOutTokens = true },
        new(Caller.User, "POST", "/api/session/password")
        {
            Body = """{"current_password":"$password","new_password":"$new_password"}""",
            Revokes = Revoked.AllTokens,
            HandsOutTokens = true,
        },
        new(Caller.User, "POST", "/api/session/totp/confirm")
        {
            Body = """{"code":"$code"}""",
            SecondFactor = SecondFactor.Unconfirmed,
            Revokes = Revoked.AllTokens,
            HandsOutTokens = true,
        },
        new(Caller.User, "POST", "/api/session/totp/login")
        {
            Body = """{"code":"$code"}""",
            SecondFactor = SecondFactor.On,
            HandsOutTokens = true,
            Entry = "stepped_up",
        },
        new(Caller.User, "POST", "/api/session/totp/delete")
        {
            Body = """{"current_password":"$password","code":"$code"}""",
            SecondFactor = SecondFactor.On,
            Revokes = Revoked.AccessTokens,
            HandsOutTokens = true,
        },

        new(Caller.Administrator, "GET", "/api/admin/users") { Query = ["email", "username", "limit", "cursor"] },
        new(Caller.Administrator, "GET", "/api/admin/users/{id}"),
        new(Caller.Administrator, "PATCH", "/api/admin/users/{id}")
        {
            Body = """{"roles":["$role"]}""",
            Revokes = Revoked.AccessTokens,
            OtherBodies = [("""{"is_active":false}""", Revoked.Account)],
        },
        new(Caller.Administrator, "DELETE", "/api/admin/users/{id}") { Revokes = Revoked.Account },
        new(Caller.Administrator, "POST", "/api/admin/users/{id}/revoke")
        {
            Body = """{"token_type":"access"}""",
            Revokes = Revoked.AccessTokens,
            OtherBodies = [("""{"token_type":"refresh"}""", Revoked.RefreshTokens), ("""{"token_type":"all"}""", Revoked.AllTokens)],
        },
        new(Caller.Administrator, "POST", "/api/admin/users/revoke")
        {
            Body = """{"token_type":"all","email":"$email"}""",
            Revokes = Revoked.AllTokens,
        },
        new(Caller.Administrator, "GET", "/api/admin/users/{id}/devices"),
        new(Caller.Administrator, "DELETE", "/api/admin/users/{id}/devices/{device}") { Revokes = Revoked.NamedSession },
        new(Caller.Administrator, "GET", "/api/admin/users/{id}/activity") { Query = ["limit", "cursor"] },
        new(Caller.Administrator, "GET", "/api/admin/activity") { Query = ["email", "ip", "outcome", "since", "limit", "cursor"] },
        new(Caller.Administrator, "POST", "/api/admin/keys/rotate")
        {
            Body = """{"retire_old":false}""",
            BodyIsOptional = true,
            OtherBodies = [("""{"retire_old":true}""", Revoked.TokensOfEveryAccount)],
        },

        new(Caller.Anybody, "GET", "/.well-known/jwks.json"),
        new(Caller.Anybody, "GET", "/.well-known/oauth-authorization-server"),
        new(Caller.Anybody, "GET", "/.well-known/openid-configuration"),
        new(Caller.Anybody, "GET", "/.well-known/passkey-endpoints"),
        new(Caller.Service, "POST", "/oauth/introspect") { Body = """{"token":"$token"}""", OnlyReads = true },
        new(Caller.Service, "POST", "/oauth/revoke") { Body = """{"token":"$token"}""" },
        new(Caller.Service, "POST", "/oauth/global-token-revocation") { Body = """{"sub_id":{"format":"email","email":"$email"}}""" },
        new(Caller.Service, "GET", "/api/revocations"),
        new(Caller.User, "GET", "/api/forward-auth"),
        new(Caller.Anybody, "GET", "/health/live"),
        new(Caller.Anybody, "GET", "/health/ready"),
    ];

    /// <summary>Those of services, which need settings of their own, have a suite of their own.</summary>
    public static IEnumerable<EndpointCall> Calls => OfPeople.SelectMany(endpoint => endpoint.Calls);

    public static IEnumerable<Endpoint> WithBody => OfPeople.Where(endpoint => endpoint.Body is not null);

    /// <summary>Endpoints that take an access token.</summary>
    public static IEnumerable<Endpoint> WithBearer => OfPeople.Where(endpoint => endpoint.Caller is Caller.User or Caller.Administrator);

    /// <summary>Those that people and their programs call.</summary>
    public static IEnumerable<Endpoint> OfPeople => All.Where(endpoint => endpoint.Caller != Caller.Service);

    public static Endpoint Named(string name) => All.Single(endpoint => endpoint.Name == name);

    public static EndpointCall CallNamed(string name) => Calls.Single(call => call.Name == name);
}

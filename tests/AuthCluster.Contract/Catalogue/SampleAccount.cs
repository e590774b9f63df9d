namespace AuthCluster.Contract.Catalogue;

/// <summary>An account with two sessions, which calls of the catalogue are about.</summary>
internal sealed record SampleAccount(Session One, Session Other)
{
    public const string NewPassword = "cobalt window 2219";

    public string Id => One.User.Id;

    public string Email => One.User.Email;

    /// <summary>The address of a second account that this one may make; always the same.</summary>
    public string SecondEmail => $"second-{Email}";

    public string Password => One.User.Password;

    public IEnumerable<string> AccessTokens => [One.Access, Other.Access];

    public IEnumerable<string> RefreshTokens => [One.Refresh, Other.Refresh];

    public IEnumerable<string> Tokens => [.. AccessTokens, .. RefreshTokens];

    /// <summary>What completes a login of this account; none where no second factor is on.</summary>
    public string MfaToken { get; private init; } = "x";

    /// <summary>A code that was not used; none where no secret was made.</summary>
    public string Code { get; private init; } = "x";

    public SamplePasskey Passkey { get; private init; } = SamplePasskey.OfNobody;

    /// <param name="endpoint">The account is as a good call of this one needs it.</param>
    public static async Task<SampleAccount> SignUpAsync(ApiClient api, Endpoint? endpoint = null)
    {
        var account = await SignUpAsync(api, endpoint?.SecondFactor ?? SecondFactor.None);
        if (endpoint?.TakesNewPasskey is true)
            return account with { Passkey = await SamplePasskey.OfferAsync(api, account.One) };
        return endpoint?.TakesPasskey is true ? account with { Passkey = await SamplePasskey.EnrolAsync(api, account.One) } : account;
    }

    private static async Task<SampleAccount> SignUpAsync(ApiClient api, SecondFactor secondFactor)
    {
        var one = await api.SignUpAsync();
        if (secondFactor != SecondFactor.On)
        {
            var account = new SampleAccount(one, await api.LoginAsync(one.User));
            return secondFactor == SecondFactor.None
                ? account
                : account with { Code = await (await Authenticator.CreateAsync(api, one)).NextCodeAsync() };
        }

        var (on, codes) = await Authenticator.TurnOnAsync(api, one);
        return new SampleAccount(on, Session.Of(on.User, await api.TryLoginAsync(on.User, otp: codes[0])))
        {
            MfaToken = (await api.TryLoginAsync(on.User)).AssertProblem(401, "mfa_required").Json.Text("mfa_token"),
            Code = codes[1],
        };
    }

    /// <summary>The tokens that a call by the first session, or by an administrator, ends. A path that names a session names the other one.</summary>
    public IEnumerable<string> TokensEndedBy(EndpointCall call) => call.Revokes switch
    {
        Revoked.Nothing => [],
        Revoked.CallersSession => [One.Access, One.Refresh],
        Revoked.NamedSession => [Other.Access, Other.Refresh],
        Revoked.AccessTokens => AccessTokens,
        Revoked.RefreshTokens => RefreshTokens,
        Revoked.AllTokens or Revoked.Account or Revoked.TokensOfEveryAccount => Tokens,
        _ => throw new ArgumentOutOfRangeException(nameof(call), call.Revokes, "No kind of revocation."),
    };

    /// <summary>Does it, from the first session or as an administrator.</summary>
    /// <param name="administrator">An access token.</param>
    public Task<Answer> SendAsync(ApiClient api, EndpointCall call, string administrator) => call.Endpoint.Caller == Caller.Page
        ? api.PostFromPageAsync(call.Endpoint.Path, cookies: $"refresh={One.Refresh}")
        : api.SendAsync(
            HttpMethod.Parse(call.Endpoint.Method),
            PathFor(call.Endpoint),
            call.BodyWith(ValueOf) is { } body ? RequestContent.Json(body) : null,
            TokenFor(call.Endpoint.Caller, administrator));

    public string PathFor(Endpoint endpoint) => endpoint.PathFor(Id, Other.DeviceId, Passkey.Id);

    public string? TokenFor(Caller caller, string administrator) => caller switch
    {
        Caller.Anybody or Caller.Page or Caller.Service => null,
        Caller.User => One.Access,
        Caller.Administrator => administrator,
        _ => throw new ArgumentOutOfRangeException(nameof(caller), caller, "No kind of caller."),
    };

    public string ValueOf(string placeholder) => placeholder switch
    {
        Placeholders.Email => Email,
        Placeholders.FreshEmail => SecondEmail,
        Placeholders.Role => "editor",
        Placeholders.Password => Password,
        Placeholders.NewPassword => NewPassword,
        Placeholders.Token => One.Access,
        Placeholders.Refresh => One.Refresh,
        Placeholders.MfaToken => MfaToken,
        Placeholders.Code => Code,
        Placeholders.Attestation => Passkey.Attestation,
        Placeholders.Assertion => Passkey.Assertion,
        Placeholders.Link => "x",
        _ => throw new ArgumentOutOfRangeException(nameof(placeholder), placeholder, "No such placeholder."),
    };

    /// <summary>Values that make a body well formed, and that belong to nobody.</summary>
    public static string ValueOfNobody(string placeholder) => placeholder switch
    {
        Placeholders.Email => "nobody@example.com",
        Placeholders.FreshEmail => ApiClient.NewEmail(),
        Placeholders.NewPassword => "walnut ladder 4711 c",
        Placeholders.Attestation => SamplePasskey.OfNobody.Attestation,
        Placeholders.Assertion => SamplePasskey.OfNobody.Assertion,
        _ => "x",
    };
}

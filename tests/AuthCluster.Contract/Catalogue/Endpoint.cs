using System.Text.Json;
using System.Text.RegularExpressions;

namespace AuthCluster.Contract.Catalogue;

internal enum Caller
{
    Anybody,
    User,
    Administrator,

    /// <summary>A page, by the cookie with the refresh token.</summary>
    Page,

    /// <summary>One of <c>Services:N</c>, by HTTP Basic.</summary>
    Service,
}

/// <summary>Which tokens an acknowledged call ends.</summary>
internal enum Revoked
{
    Nothing,

    /// <summary>Both tokens of the caller's session.</summary>
    CallersSession,

    /// <summary>Both tokens of the session that the path names.</summary>
    NamedSession,

    /// <summary>The access tokens of every session of the account.</summary>
    AccessTokens,

    /// <summary>The refresh tokens of every session of the account.</summary>
    RefreshTokens,

    /// <summary>Every token of the account that was handed out before the call.</summary>
    AllTokens,

    /// <summary>Every token of the account, and nobody logs in to it from then on.</summary>
    Account,

    /// <summary>Every token of every account.</summary>
    TokensOfEveryAccount,
}

/// <summary>How far the account that a call is about has got with a second factor.</summary>
internal enum SecondFactor
{
    None,

    /// <summary>There is a secret that no code has confirmed.</summary>
    Unconfirmed,

    On,
}

/// <summary>One operation of the HTTP interface.</summary>
/// <param name="Path">As the OpenAPI document spells it.</param>
internal sealed record Endpoint(Caller Caller, string Method, string Path)
{
    private const string PasskeyId = "passkeys/{id}";

    /// <summary>
    /// A JSON object that the endpoint accepts; <c>null</c> where it reads no body. <c>$name</c> stands for a value that only the account knows
    /// (<see cref="Placeholders"/>).
    /// </summary>
    public string? Body { get; init; }

    /// <summary>Whether a request without a body is as good.</summary>
    public bool BodyIsOptional { get; init; }

    /// <summary>What a call with <see cref="Body"/> ends.</summary>
    public Revoked Revokes { get; init; }

    /// <summary>Further good bodies, where what is revoked depends on the body.</summary>
    public IReadOnlyList<(string Body, Revoked Revokes)> OtherBodies { get; init; } = [];

    /// <summary>What a good call needs.</summary>
    public SecondFactor SecondFactor { get; init; }

    /// <summary>The entry of the owner's activity by which one sees that a call happened which revokes nothing.</summary>
    public string? Entry { get; init; }

    /// <summary>Whether the answer is a token response.</summary>
    public bool HandsOutTokens { get; init; }

    /// <summary>Whether a call changes nothing that a client can see.</summary>
    public bool OnlyReads { get; init; } = Method == "GET";

    /// <summary>Names of the parameters of the query; a required one with a good value: <c>name=value</c>.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>Whether a good call needs the token of a mail's link, or of another system.</summary>
    public bool TakesLink => Body?.Contains($"${Placeholders.Link}", StringComparison.Ordinal) is true;

    /// <summary>Whether a good call needs what an authenticator made of the options for a new passkey.</summary>
    public bool TakesNewPasskey => Body?.Contains($"${Placeholders.Attestation}", StringComparison.Ordinal) is true;

    /// <summary>Whether a good call needs an enrolled passkey.</summary>
    public bool TakesPasskey =>
        Path.Contains(PasskeyId, StringComparison.Ordinal) || Body?.Contains($"${Placeholders.Assertion}", StringComparison.Ordinal) is true;

    /// <summary>Whether its refresh tokens travel in a cookie.</summary>
    public bool IsForPages => Path.StartsWith("/api/session/", StringComparison.Ordinal);

    public string Name => $"{Method} {Path}";

    /// <summary>The good calls, one for each body.</summary>
    public IEnumerable<EndpointCall> Calls => [new(this, Body, Revokes), .. OtherBodies.Select(other => new EndpointCall(this, other.Body, other.Revokes))];

    /// <summary>Forms are taken where browsers without scripts may log in.</summary>
    public bool TakesForms => Body is not null && (Path.StartsWith("/api/user/", StringComparison.Ordinal) || Path is "/oauth/introspect" or "/oauth/revoke");

    public IReadOnlyList<string> MediaTypes => Body is null ? [] : TakesForms ? ["application/json", "application/x-www-form-urlencoded"] : ["application/json"];

    /// <summary>The path for one account, one of its sessions and its passkey, with the parameters that it must have.</summary>
    public string PathFor(string account, string session, string? passkey = null)
    {
        var path = Path.Replace("users/{id}", $"users/{account}", StringComparison.Ordinal)
            .Replace("devices/{id}", $"devices/{session}", StringComparison.Ordinal)
            .Replace(PasskeyId, $"passkeys/{passkey ?? session}", StringComparison.Ordinal)
            .Replace("{device}", session, StringComparison.Ordinal);
        var required = string.Join('&', Query.Where(parameter => parameter.Contains('=', StringComparison.Ordinal)));
        return required.Length == 0 ? path : $"{path}?{required}";
    }
}

/// <summary>A call that succeeds.</summary>
internal sealed record EndpointCall(Endpoint Endpoint, string? Body, Revoked Revokes)
{
    /// <summary>The endpoint's name; with the body where another body has another effect.</summary>
    public string Name => Endpoint.OtherBodies.Count == 0 ? Endpoint.Name : $"{Endpoint.Name} {Body}";

    /// <summary>The body with its placeholders filled in.</summary>
    /// <param name="valueOf">The value of a placeholder, which is named without its <c>$</c>.</param>
    public string? BodyWith(Func<string, string> valueOf) =>
        Body is null ? null : Placeholders.InText().Replace(Body, placeholder => JsonEncodedText.Encode(valueOf(placeholder.Value[1..])).Value);
}

/// <summary>Names of values that a body of the catalogue leaves open.</summary>
internal static partial class Placeholders
{
    public const string Email = "email";

    /// <summary>The token of a mail's link, or of another system. No account of the catalogue has one: its suite tests what a good one does.</summary>
    public const string Link = "link";

    /// <summary>An address that no account has.</summary>
    public const string FreshEmail = "fresh_email";

    /// <summary>A role that no administrator's rights come with.</summary>
    public const string Role = "role";

    public const string Password = "password";
    public const string NewPassword = "new_password";

    /// <summary>A token of either kind.</summary>
    public const string Token = "token";

    public const string Refresh = "refresh";

    /// <summary>What a login with the password alone is answered, where a second factor is on.</summary>
    public const string MfaToken = "mfa_token";

    /// <summary>A code of the second factor.</summary>
    public const string Code = "code";

    /// <summary>The credential of a new passkey, as text.</summary>
    public const string Attestation = "attestation";

    /// <summary>The credential of an enrolled passkey, as text.</summary>
    public const string Assertion = "assertion";

    /// <summary>Those that nobody else may learn.</summary>
    public static IReadOnlyList<string> Secrets { get; } = [Password, NewPassword, Token, Refresh, MfaToken, Code];

    [GeneratedRegex(@"\$[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex InText();
}

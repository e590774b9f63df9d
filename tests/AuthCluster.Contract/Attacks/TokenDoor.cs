using System.Text.Json;
using AuthCluster.Contract.Catalogue;

namespace AuthCluster.Contract.Attacks;

/// <summary>One of the places where the server takes a token.</summary>
/// <param name="Field">The member of the body that carries it; <c>null</c> where it is the bearer token or in a cookie.</param>
/// <param name="Cookie">The cookie that carries it.</param>
internal sealed record TokenDoor(string Method, string Path, string? Field = null, bool IsForm = false, string? Cookie = null)
{
    /// <summary>What RFC 6265 section 4.1.1 has not in a value.</summary>
    private const string NoCookie = " \",;\\";

    /// <summary>Bodies that take a token of either kind.</summary>
    public static IReadOnlyList<TokenDoor> Verify { get; } = InBodies(Placeholders.Token);

    /// <summary>Bodies and cookies that take a refresh token.</summary>
    public static IReadOnlyList<TokenDoor> Refresh { get; } =
    [
        .. InBodies(Placeholders.Refresh),
        .. Endpoints.OfPeople.Where(endpoint => endpoint.Caller == Caller.Page)
            .Select(endpoint => new TokenDoor(endpoint.Method, endpoint.Path, Cookie: "refresh")),
    ];

    /// <param name="userId">An account there is, so that nothing but the token can be the reason of a refusal.</param>
    public static IReadOnlyList<TokenDoor> Bearer(string userId, string deviceId) =>
    [
        new("GET", "/api/forward-auth"), new("POST", "/api/forward-auth/orders/7"),
        .. Endpoints.WithBearer.Where(endpoint => endpoint.Path != "/api/forward-auth")
            .Select(endpoint => new TokenDoor(endpoint.Method, endpoint.PathFor(userId, deviceId))),
    ];

    /// <summary>Whether the token gets there as it is: header values are visible ASCII, and HTTP itself drops white space around them.</summary>
    public bool Takes(string token) => Field is not null
        || (token.Length > 0 && token.All(c => c is >= ' ' and <= '~' && (Cookie is null || !NoCookie.Contains(c))) && token.Trim(' ') == token);

    public async Task<Answer> SendAsync(ApiClient api, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(Method), Path);
        if (Cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", $"{Cookie}={token}");
        else if (Field is null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        request.Content = (Field, IsForm) switch
        {
            (null, _) => Method == "GET" || Cookie is not null ? null : RequestContent.Json("{}"),
            (_, true) => RequestContent.Form((Field, token)),
            _ => System.Net.Http.Json.JsonContent.Create(new Dictionary<string, string> { [Field] = token }),
        };
        return await api.SendAsync(request);
    }

    private static List<TokenDoor> InBodies(string placeholder) =>
    [
        .. from endpoint in Endpoints.WithBody
           from member in JsonElement.Parse(endpoint.Body!).EnumerateObject()
           where member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() == $"${placeholder}"
           from isForm in endpoint.TakesForms ? [false, true] : (bool[])[false]
           select new TokenDoor(endpoint.Method, endpoint.Path, member.Name, isForm),
    ];

    public override string ToString() => $"{Method} {Path}{(IsForm ? " (form)" : "")}";
}

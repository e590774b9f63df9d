namespace AuthCluster.Contract.Attacks;

/// <summary>One of the places where the server takes a token.</summary>
/// <param name="Field">The member of the body that carries it; <c>null</c> where it is the bearer token.</param>
internal sealed record TokenDoor(string Method, string Path, string? Field = null, bool IsForm = false)
{
    public static IReadOnlyList<TokenDoor> Verify { get; } =
        [new("POST", "/api/user/login/verify", "token"), new("POST", "/api/user/login/verify", "token", IsForm: true)];

    public static IReadOnlyList<TokenDoor> Refresh { get; } =
        [new("POST", "/api/user/login/refresh", "refresh"), new("POST", "/api/user/login/refresh", "refresh", IsForm: true)];

    /// <param name="userId">An account there is, so that nothing but the token can be the reason of a refusal.</param>
    public static IReadOnlyList<TokenDoor> Bearer(string userId, string deviceId) =>
    [
        new("GET", "/api/forward-auth"), new("POST", "/api/forward-auth/orders/7"),
        new("GET", "/api/user/view"), new("POST", "/api/user/logout"), new("POST", "/api/user/logout/all"), new("POST", "/api/user/logout/others"),
        new("PATCH", "/api/user/profile"), new("POST", "/api/user/password"), new("GET", "/api/user/devices"),
        new("DELETE", $"/api/user/devices/{deviceId}"), new("GET", "/api/user/activity"), new("DELETE", "/api/user/delete"),
        new("POST", "/api/user/delete"),
        new("GET", "/api/admin/users?email=root@example.com"), new("GET", $"/api/admin/users/{userId}"), new("PATCH", $"/api/admin/users/{userId}"),
        new("DELETE", $"/api/admin/users/{userId}"), new("POST", $"/api/admin/users/{userId}/revoke"),
        new("GET", $"/api/admin/users/{userId}/devices"),
        new("DELETE", $"/api/admin/users/{userId}/devices/{deviceId}"), new("GET", $"/api/admin/users/{userId}/activity"),
        new("GET", "/api/admin/activity"), new("POST", "/api/admin/keys/rotate"),
    ];

    /// <summary>Whether the token gets there as it is: header values are visible ASCII, and HTTP itself drops white space around them.</summary>
    public bool Takes(string token) => Field is not null || (token.Length > 0 && token.All(c => c is >= ' ' and <= '~') && token.Trim(' ') == token);

    public async Task<Answer> SendAsync(ApiClient api, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(Method), Path);
        if (Field is null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        request.Content = (Field, IsForm) switch
        {
            (null, _) => Method == "GET" ? null : RequestContent.Json("{}"),
            (_, true) => RequestContent.Form((Field, token)),
            _ => System.Net.Http.Json.JsonContent.Create(new Dictionary<string, string> { [Field] = token }),
        };
        return await api.SendAsync(request);
    }

    public override string ToString() => $"{Method} {Path}{(IsForm ? " (form)" : "")}";
}

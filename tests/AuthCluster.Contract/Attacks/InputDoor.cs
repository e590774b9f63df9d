using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuthCluster.Contract.Attacks;

/// <summary>A place where a client's text gets in: <paramref name="Send"/> puts it there.</summary>
internal sealed record InputDoor(string Name, Func<string, HttpRequestMessage> Send)
{
    /// <summary>A request, and the text that stands in it for a fresh address.</summary>
    private const string FreshEmail = "FRESH";

    /// <summary>Endpoints that read a body, each with a body that is good but for nobody's password.</summary>
    public static IReadOnlyList<(string Method, string Path, string Body)> Bodies(string userId) =>
    [
        ("POST", "/api/user/create", $$$"""{"email":"{{{FreshEmail}}}","password":"walnut ladder 4711 b","profile":{"town":"Bergen"}}"""),
        ("POST", "/api/user/login", """{"email":"nobody@example.com","password":"walnut","device_name":"x","device_token":"x"}"""),
        ("POST", "/api/user/login/refresh", """{"refresh":"x"}"""),
        ("POST", "/api/user/login/verify", """{"token":"x"}"""),
        ("PATCH", "/api/user/profile", """{"town":"Bergen"}"""),
        ("POST", "/api/user/password", """{"current_password":"x","new_password":"walnut ladder 4711 c"}"""),
        ("POST", "/api/user/delete", """{"current_password":"x"}"""),
        ("PATCH", $"/api/admin/users/{userId}", """{"roles":["editor"],"is_active":true}"""),
        ("POST", $"/api/admin/users/{userId}/revoke", """{"token_type":"none"}"""),
        ("POST", "/api/admin/keys/rotate", """{"retire_old":false}"""),
    ];

    /// <summary>Every member of every body: its value, its name, a value inside it, and, where forms are taken, the value as form.</summary>
    public static IEnumerable<InputDoor> Fields(string userId)
    {
        foreach (var (method, path, body) in Bodies(userId))
        {
            foreach (var name in JsonNode.Parse(body)!.AsObject().Select(member => member.Key))
            {
                yield return new($"{method} {path} {name}", text => Json(method, path, body, name, JsonValue.Create(text)));
                yield return new($"{method} {path} {name} in an array", text => Json(method, path, body, name, new JsonArray(text)));
                yield return new($"{method} {path} {name} as a name", text => Json(method, path, body, name, new JsonObject { [text] = text }));
                if (path.StartsWith("/api/user", StringComparison.Ordinal))
                    yield return new($"{method} {path} {name} (form)", text => Form(method, path, body, name, text));
            }

            yield return new($"{method} {path} as the name of a member", text => Json(method, path, body, text, JsonValue.Create(text)));
            yield return new($"{method} {path} as the media type", text => Raw(method, path, Encoding.UTF8.GetBytes(body), text));
        }
    }

    /// <summary>Path segments, query values and headers.</summary>
    public static IEnumerable<InputDoor> Addresses(string userId)
    {
        string[] places =
        [
            "/api/user/devices/{0}", "/api/admin/users/{0}", "/api/admin/users/{0}/devices", $"/api/admin/users/{userId}/devices/{{0}}",
            "/api/admin/users/{0}/activity",
            "/api/forward-auth/{0}", "/{0}", "/openapi/{0}.json", "/.well-known/{0}", "/api/user/activity?limit={0}", "/api/user/activity?before={0}",
            $"/api/admin/users/{userId}/activity?cursor={{0}}", "/api/admin/users?email={0}", "/api/admin/users?limit={0}&cursor={0}",
            "/api/admin/activity?email={0}",
            "/api/admin/activity?ip={0}", "/api/admin/activity?outcome={0}", "/api/admin/activity?since={0}", "/api/admin/activity?limit={0}",
            "/api/admin/activity?cursor={0}", "/api/user/view?{0}={0}",
        ];
        foreach (var place in places)
        {
            var method = place.Contains("/devices/{0}", StringComparison.Ordinal) ? HttpMethod.Delete : HttpMethod.Get;
            yield return new($"{method} {place}", text => new(method, place.Replace("{0}", Uri.EscapeDataString(text), StringComparison.Ordinal)));
        }

        string[] headers =
            ["User-Agent", "Authorization", "X-Forwarded-For", "Forwarded", "Accept", "Cookie", "Origin", "If-None-Match", "Content-Type"];
        foreach (var header in headers)
        {
            yield return new($"header {header}", text =>
            {
                var request = Json("POST", "/api/user/login/verify", """{"token":"x"}""", "token", JsonValue.Create("x"));
                request.Content!.Headers.TryAddWithoutValidation(header, text);
                request.Headers.TryAddWithoutValidation(header, text);
                return request;
            });
        }
    }

    /// <summary>A request with just these bytes as its JSON.</summary>
    public static HttpRequestMessage Raw(string method, string path, byte[] body, string mediaType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return new(HttpMethod.Parse(method), path) { Content = content };
    }

    private static HttpRequestMessage Json(string method, string path, string body, string name, JsonNode? value)
    {
        var members = JsonNode.Parse(body)!.AsObject();
        members[name] = value;
        return Raw(method, path, Encoding.UTF8.GetBytes(WithFreshEmail(members.ToJsonString())));
    }

    private static HttpRequestMessage Form(string method, string path, string body, string name, string text)
    {
        var members = JsonElement.Parse(body).EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String && member.Name != name)
            .Select(member => (member.Name, WithFreshEmail(member.Value.GetString()!)));
        return new(HttpMethod.Parse(method), path) { Content = RequestContent.Form([.. members, (name, text)]) };
    }

    private static string WithFreshEmail(string text) => text.Replace(FreshEmail, ApiClient.NewEmail(), StringComparison.Ordinal);
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCluster.Contract.Catalogue;

namespace AuthCluster.Contract.Attacks;

/// <summary>A place where a client's text gets in: <paramref name="Send"/> puts it there.</summary>
internal sealed record InputDoor(string Name, Func<string, HttpRequestMessage> Send)
{
    private static readonly string SessionOfNobody = Guid.Empty.ToString();

    /// <summary>Every member of every body: its value, its name, a value inside it, and, where forms are taken, the value as form.</summary>
    public static IEnumerable<InputDoor> Fields(string userId)
    {
        foreach (var endpoint in Endpoints.WithBody)
        {
            var (place, path) = (endpoint.Name, endpoint.PathFor(userId, SessionOfNobody));
            foreach (var name in MembersOf(endpoint).Select(member => member.Key))
            {
                yield return new($"{place} {name}", text => Json(endpoint, path, name, JsonValue.Create(text)));
                yield return new($"{place} {name} in an array", text => Json(endpoint, path, name, new JsonArray(text)));
                yield return new($"{place} {name} as a name", text => Json(endpoint, path, name, new JsonObject { [text] = text }));
                if (endpoint.TakesForms)
                    yield return new($"{place} {name} (form)", text => Form(endpoint, path, name, text));
            }

            yield return new($"{place} as the name of a member", text => Json(endpoint, path, text, JsonValue.Create(text)));
            yield return new(
                $"{place} as the media type", text => Raw(endpoint.Method, path, Encoding.UTF8.GetBytes(MembersOf(endpoint).ToJsonString()), text));
        }
    }

    /// <summary>Path segments, query values and headers.</summary>
    public static IEnumerable<InputDoor> Addresses(string userId)
    {
        foreach (var endpoint in Endpoints.All)
        {
            if (endpoint.Path.Contains("{id}", StringComparison.Ordinal))
                yield return At(endpoint, "id", text => endpoint.PathFor(text, text));
            if (endpoint.Path.Contains("{device}", StringComparison.Ordinal))
                yield return At(endpoint, "device", text => endpoint.PathFor(userId, text));
            foreach (var name in endpoint.Query.Select(parameter => parameter.Split('=')[0]))
                yield return At(endpoint, $"?{name}", text => $"{endpoint.PathFor(userId, SessionOfNobody).Split('?')[0]}?{name}={text}");
        }

        foreach (var place in new[] { "/api/forward-auth/{0}", "/{0}", "/openapi/{0}.json", "/.well-known/{0}", "/api/user/view?{0}={0}" })
        {
            yield return new(
                $"GET {place}", text => new(HttpMethod.Get, place.Replace("{0}", Uri.EscapeDataString(text), StringComparison.Ordinal)));
        }

        string[] headers =
            ["User-Agent", "Authorization", "X-Forwarded-For", "Forwarded", "Accept", "Cookie", "Origin", "If-None-Match", "Content-Type"];
        foreach (var header in headers)
        {
            yield return new($"header {header}", text =>
            {
                var request = Raw("POST", "/api/user/login/verify", """{"token":"x"}"""u8.ToArray());
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

    private static InputDoor At(Endpoint endpoint, string place, Func<string, string> path) => new($"{endpoint.Name} {place}", text =>
    {
        var filled = path(Uri.EscapeDataString(text));
        return endpoint.Body is null
            ? new(HttpMethod.Parse(endpoint.Method), filled)
            : Raw(endpoint.Method, filled, Encoding.UTF8.GetBytes(MembersOf(endpoint).ToJsonString()));
    });

    private static HttpRequestMessage Json(Endpoint endpoint, string path, string name, JsonNode? value)
    {
        var members = MembersOf(endpoint);
        members[name] = value;
        return Raw(endpoint.Method, path, Encoding.UTF8.GetBytes(members.ToJsonString()));
    }

    private static HttpRequestMessage Form(Endpoint endpoint, string path, string name, string text)
    {
        var members = from member in MembersOf(endpoint)
                      where member.Value!.GetValueKind() == JsonValueKind.String && member.Key != name
                      select (member.Key, member.Value!.GetValue<string>());
        return new(HttpMethod.Parse(endpoint.Method), path) { Content = RequestContent.Form([.. members, (name, text)]) };
    }

    /// <summary>A body that is good but for nobody's password.</summary>
    private static JsonObject MembersOf(Endpoint endpoint) =>
        JsonNode.Parse(endpoint.Calls.First().BodyWith(SampleAccount.ValueOfNobody)!)!.AsObject();
}

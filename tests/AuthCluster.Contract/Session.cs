using System.Text.Json;

namespace AuthCluster.Contract;

/// <summary>A token response.</summary>
public sealed record Session(User User, JsonElement Response)
{
    public string Access => Response.Text("access");

    /// <summary>From the body, or from the cookie that pages have it in.</summary>
    public string Refresh { get; private init; } = Response.TryGetProperty("refresh", out var refresh) ? refresh.GetString()! : "";

    public string DeviceToken => Response.Text("device_token");

    public string DeviceId => Response.GetProperty("device").Text("id");

    public static Session Of(User user, Answer answer)
    {
        var response = answer.AssertStatus(200).Json;
        var session = new Session(user with { Id = response.GetProperty("user").Text("id") }, response);
        return answer.Cookie("refresh") is { } refresh ? session with { Refresh = refresh } : session;
    }
}

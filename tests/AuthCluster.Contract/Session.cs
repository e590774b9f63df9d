using System.Text.Json;

namespace AuthCluster.Contract;

/// <summary>A token response.</summary>
public sealed record Session(User User, JsonElement Response)
{
    public string Access => Response.Text("access");

    public string Refresh => Response.Text("refresh");

    public string DeviceToken => Response.Text("device_token");

    public string DeviceId => Response.GetProperty("device").Text("id");

    public static Session Of(User user, Answer answer)
    {
        var response = answer.AssertStatus(200).Json;
        return new Session(user with { Id = response.GetProperty("user").Text("id") }, response);
    }
}

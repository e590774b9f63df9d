using System.Text.Json;
using Xunit;

namespace AuthCluster.Contract;

/// <summary>The objects that several answers have in common.</summary>
public static class Shapes
{
    /// <param name="mfaEnabled">Whether a second factor is on.</param>
    public static JsonElement AssertIsUser(this JsonElement user, bool mfaEnabled = false)
    {
        user.AssertMembers(
            "id", "email", "email_verified", "is_active", "roles", "profile", "mfa_enabled", "date_joined", "last_login");
        Assert.NotEmpty(user.Text("id"));
        Assert.True(user.GetProperty("email_verified").ValueKind is JsonValueKind.True or JsonValueKind.False);
        Assert.True(user.GetProperty("is_active").ValueKind is JsonValueKind.True or JsonValueKind.False);
        Assert.Equal(JsonValueKind.Array, user.GetProperty("roles").ValueKind);
        Assert.Equal(JsonValueKind.Object, user.GetProperty("profile").ValueKind);
        Assert.Equal(mfaEnabled, user.GetProperty("mfa_enabled").GetBoolean());
        user.AssertTime("date_joined");
        if (user.GetProperty("last_login").ValueKind != JsonValueKind.Null)
            user.AssertTime("last_login");
        return user;
    }

    /// <summary>A token response of a server with the default lifetimes.</summary>
    /// <param name="mfaEnabled">Whether the user has a second factor.</param>
    /// <param name="alsoNamed">Members that this answer has besides.</param>
    public static Answer AssertIsTokenResponse(this Answer answer, bool mfaEnabled = false, params string[] alsoNamed)
    {
        var response = answer.AssertStatus(200).Json;
        response.AssertMembers(
            ["access", "refresh", "token_type", "expires_in", "refresh_expires_in", "device_token", "user", "device", .. alsoNamed]);
        Assert.Equal("Bearer", response.Text("token_type"));
        Assert.Equal(600, response.GetProperty("expires_in").GetInt32());
        Assert.InRange(response.GetProperty("refresh_expires_in").GetInt32(), 1, 30 * 24 * 3600);
        Assert.NotEmpty(response.Text("device_token"));
        response.GetProperty("user").AssertIsUser(mfaEnabled);
        var device = response.GetProperty("device").AssertMembers("id", "name");
        Assert.NotEmpty(device.Text("id"));
        Assert.NotEmpty(device.Text("name"));
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        return answer;
    }

    public static JsonElement AssertIsDevice(this JsonElement device)
    {
        device.AssertMembers("id", "name", "ip", "user_agent", "created", "last_seen", "current");
        Assert.True(device.AssertTime("created") <= device.AssertTime("last_seen"));
        return device;
    }

    public static JsonElement AssertIsActivityEntry(this JsonElement entry, params string[] alsoNamed)
    {
        entry.AssertMembers(
            ["id", "time", "event", "outcome", "reason", "ip", "email", "user_agent", "device_id", "device_name", .. alsoNamed]);
        Assert.NotEmpty(entry.Text("id"));
        entry.AssertTime("time");
        Assert.NotEmpty(entry.Text("event"));
        Assert.Contains(entry.Text("outcome"), (string[])["succeeded", "failed"]);
        return entry;
    }

    /// <summary>Asserts a list of the administration and gives its items.</summary>
    public static JsonElement[] AssertIsList(this Answer answer)
    {
        var list = answer.AssertStatus(200).Json.AssertMembers("items", "next");
        Assert.True(list.GetProperty("next").ValueKind is JsonValueKind.String or JsonValueKind.Null);
        return [.. list.GetProperty("items").EnumerateArray()];
    }
}

using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

/// <summary>Something that is done to an account, once.</summary>
/// <param name="Happened">
/// Whether it happened, as far as anybody can see; fails where it happened by halves. Of what is seen by its answer alone, the answer tells.
/// </param>
internal sealed record Act(
    string Name, Func<Witness, Victim, Task<Answer>> Send, Func<Witness, Victim, Answer?, Task<bool>> Happened)
{
    private const string NewPassword = "cobalt window 2219";

    public static IReadOnlyList<Act> All { get; } =
    [
        Own("logout", (witness, victim, _) => witness.AreDeadAsync(victim.One.Access, victim.One.Refresh)),
        Own("logout/all", (witness, victim, _) => witness.AreDeadAsync(victim.Tokens)),
        Own("logout/others", (witness, victim, _) => witness.AreDeadAsync(victim.Tokens)),
        new("devices", (witness, victim) => witness.Api.DeleteAsync($"/api/user/devices/{victim.Other.DeviceId}", victim.One.Access),
            (witness, victim, _) => witness.AreDeadAsync(victim.Other.Access, victim.Other.Refresh)),
        new("profile", (witness, victim) => witness.Api.PatchAsync("/api/user/profile", new { town = "Bergen" }, victim.One.Access), IsProfileSetAsync),
        new("password", ChangePasswordAsync, IsPasswordChangedAsync),
        new("delete", (witness, victim) => witness.Api.PostAsync("/api/user/delete", new { current_password = victim.Password }, victim.One.Access),
            IsDeletedAsync),
        new("create", (witness, victim) => witness.Api.PostAsync("/api/user/create", new { email = Second(victim), password = NewPassword }),
            IsSecondThereAsync),
        new("login", (witness, victim) => witness.Api.TryLoginAsync(victim.Email, victim.Password), IsThirdSessionThereAsync),
        new("login/refresh", (witness, victim) => witness.Api.TryRefreshAsync(victim.One.Refresh),
            (_, _, answer) => Task.FromResult(answer is { Status: 200 })),
        Revoke("access", victim => victim.AccessTokens),
        Revoke("refresh", victim => victim.RefreshTokens),
        Revoke("all", victim => victim.Tokens),
        Administer("roles", new { roles = new[] { "editor" } }, IsEditorAsync),
        Administer("is_active", new { is_active = false }, (witness, victim, _) => witness.AreDeadAsync(victim.Tokens)),
    ];

    /// <summary>Asserts that it happened, and that what its answer handed out is good.</summary>
    public async Task AssertHappenedAsync(Witness witness, Victim victim, Answer answer)
    {
        Assert.True(await Happened(witness, victim, answer), $"{Name} was answered with {answer.Status}, but did not happen.");
        if (answer.Status != 200 || !answer.Json.TryGetProperty("access", out _))
            return;
        var session = Session.Of(victim.One.User, answer);
        Assert.False(await witness.AreDeadAsync(session.Access, session.Refresh), $"The tokens that {Name} handed out are refused.");
    }

    private static Act Own(string path, Func<Witness, Victim, Answer?, Task<bool>> happened) =>
        new(path, (witness, victim) => witness.Api.PostAsync($"/api/user/{path}", token: victim.One.Access), happened);

    private static Act Revoke(string type, Func<Victim, IEnumerable<string>> tokens) => new(
        $"revoke {type}",
        (witness, victim) => witness.Api.PostAsync($"/api/admin/users/{victim.Id}/revoke", new { token_type = type }, witness.Administrator),
        (witness, victim, _) => witness.AreDeadAsync(tokens(victim)));

    private static Act Administer(string name, object body, Func<Witness, Victim, Answer?, Task<bool>> happened) =>
        new(name, (witness, victim) => witness.Api.PatchAsync($"/api/admin/users/{victim.Id}", body, witness.Administrator), happened);

    private static string Second(Victim victim) => $"second-{victim.Email}";

    private static Task<Answer> ChangePasswordAsync(Witness witness, Victim victim) => witness.Api.PostAsync(
        "/api/user/password", new { current_password = victim.Password, new_password = NewPassword }, victim.One.Access);

    private static async Task<bool> IsPasswordChangedAsync(Witness witness, Victim victim, Answer? answer)
    {
        var changed = await witness.AreDeadAsync(victim.Tokens);
        Assert.Equal(changed ? 401 : 200, (await witness.Api.TryLoginAsync(victim.Email, victim.Password)).Status);
        Assert.Equal(changed ? 200 : 401, (await witness.Api.TryLoginAsync(victim.Email, NewPassword)).Status);
        return changed;
    }

    private static async Task<bool> IsProfileSetAsync(Witness witness, Victim victim, Answer? answer)
    {
        var set = await witness.AreDeadAsync(victim.AccessTokens);
        var profile = (await witness.ViewAsync(victim)).AssertStatus(200).Json.GetProperty("profile");
        Assert.Equal(set, profile.TryGetProperty("town", out _));
        return set;
    }

    private static async Task<bool> IsEditorAsync(Witness witness, Victim victim, Answer? answer)
    {
        var changed = await witness.AreDeadAsync(victim.AccessTokens);
        var roles = (await witness.ViewAsync(victim)).AssertStatus(200).Json.GetProperty("roles");
        Assert.Equal(changed, roles.GetArrayLength() == 1);
        return changed;
    }

    private static async Task<bool> IsDeletedAsync(Witness witness, Victim victim, Answer? answer)
    {
        var deleted = await witness.AreDeadAsync(victim.Tokens);
        (await witness.ViewAsync(victim)).AssertStatus(deleted ? 404 : 200);
        return deleted;
    }

    private static async Task<bool> IsSecondThereAsync(Witness witness, Victim victim, Answer? answer)
    {
        var found = await witness.Api.GetAsync($"/api/admin/users?email={Uri.EscapeDataString(Second(victim))}", witness.Administrator);
        return found.AssertStatus(200).Json.GetProperty("items").GetArrayLength() == 1;
    }

    private static async Task<bool> IsThirdSessionThereAsync(Witness witness, Victim victim, Answer? answer)
    {
        var devices = await witness.Api.GetAsync("/api/user/devices", victim.One.Access);
        return devices.AssertStatus(200).Json.GetArrayLength() == 3;
    }
}

using AuthCluster.Contract;
using AuthCluster.Contract.Catalogue;
using Xunit;

namespace AuthCluster.EmbeddedHost.Tests.Crashes;

/// <summary>Something that is done to an account, once: a call of the catalogue.</summary>
/// <param name="Happened">
/// Whether it happened, as far as anybody can see; fails where it happened by halves. Of what is seen by its answer alone, the answer tells.
/// </param>
internal sealed record Act(EndpointCall Call, Func<Witness, SampleAccount, Answer?, Task<bool>> Happened)
{
    /// <summary>What is seen of an act besides the tokens that it revokes, and of one that revokes none and leaves no entry.</summary>
    private static readonly Dictionary<string, Func<Witness, SampleAccount, Answer?, Task<bool>>> Observations = new(StringComparer.Ordinal)
    {
        ["POST /api/user/create"] = IsSecondThereAsync,
        ["POST /api/user/login"] = IsThirdSessionThereAsync,
        ["POST /api/user/login/refresh"] = (_, _, answer) => Task.FromResult(answer is { Status: 200 }),
        ["POST /api/user/login/mfa"] = IsThirdSessionThereAsync,
        ["POST /api/user/login/passkey"] = IsThirdSessionThereAsync,
        ["POST /api/session/login"] = IsThirdSessionThereAsync,
        ["POST /api/session/login/passkey"] = IsThirdSessionThereAsync,
        ["POST /api/session/login/mfa"] = IsThirdSessionThereAsync,
        ["POST /api/session/refresh"] = (_, _, answer) => Task.FromResult(answer is { Status: 200 }),
        ["POST /api/session/password"] = IsPasswordChangedAsync,
        ["PATCH /api/user/profile"] = IsProfileSetAsync,
        ["POST /api/user/password"] = IsPasswordChangedAsync,
        ["POST /api/user/delete"] = IsDeletedAsync,
        ["DELETE /api/user/delete"] = IsDeletedAsync,
        ["DELETE /api/admin/users/{id}"] = IsDeletedAsync,
        ["""PATCH /api/admin/users/{id} {"roles":["$role"]}"""] = IsEditorAsync,
    };

    /// <summary>Every act of the catalogue but the rotation of keys, which is done to all accounts, and what the link of a mail does.</summary>
    public static IReadOnlyList<Act> All { get; } =
    [
        .. Endpoints.Calls.Where(call => !call.Endpoint.OnlyReads && !call.Endpoint.TakesLink && call.Endpoint.Path != "/api/admin/keys/rotate")
            .Select(call => new Act(call, SeenBy(call))),
    ];

    public string Name => Call.Name;

    public static Act Logout => All.Single(act => act.Name == "POST /api/user/logout");

    public Task<Answer> SendAsync(Witness witness, SampleAccount account) => account.SendAsync(witness.Api, Call, witness.Administrator);

    /// <summary>Asserts that it happened, and that what its answer handed out is good.</summary>
    public async Task AssertHappenedAsync(Witness witness, SampleAccount account, Answer answer)
    {
        Assert.True(await Happened(witness, account, answer), $"{Name} was answered with {answer.Status}, but did not happen.");
        if (!Call.Endpoint.HandsOutTokens)
            return;
        var session = Session.Of(account.One.User, answer);
        Assert.False(await witness.AreDeadAsync(session.Access, session.Refresh), $"The tokens that {Name} handed out are refused.");
    }

    private static Func<Witness, SampleAccount, Answer?, Task<bool>> SeenBy(EndpointCall call)
    {
        if (Observations.TryGetValue(call.Name, out var observation))
            return observation;
        if (call.Endpoint.Entry is { } entry)
            return (witness, account, _) => IsLoggedAsync(witness, account, entry);
        return call.Revokes != Revoked.Nothing
            ? (witness, account, _) => witness.AreDeadAsync(account.TokensEndedBy(call))
            : throw new InvalidOperationException($"{call.Name} revokes nothing: name its {nameof(Endpoint.Entry)}, or say in {nameof(Observations)} how one sees that it happened.");
    }

    private static async Task<bool> IsPasswordChangedAsync(Witness witness, SampleAccount account, Answer? answer)
    {
        var changed = await witness.AreDeadAsync(account.Tokens);
        Assert.Equal(changed ? 401 : 200, (await witness.Api.TryLoginAsync(account.Email, account.Password)).Status);
        Assert.Equal(changed ? 200 : 401, (await witness.Api.TryLoginAsync(account.Email, SampleAccount.NewPassword)).Status);
        return changed;
    }

    private static async Task<bool> IsProfileSetAsync(Witness witness, SampleAccount account, Answer? answer)
    {
        var set = await witness.AreDeadAsync(account.AccessTokens);
        var profile = (await witness.ViewAsync(account)).AssertStatus(200).Json.GetProperty("profile");
        Assert.Equal(set, profile.TryGetProperty("town", out _));
        return set;
    }

    private static async Task<bool> IsEditorAsync(Witness witness, SampleAccount account, Answer? answer)
    {
        var changed = await witness.AreDeadAsync(account.AccessTokens);
        var roles = (await witness.ViewAsync(account)).AssertStatus(200).Json.GetProperty("roles");
        Assert.Equal(changed, roles.GetArrayLength() == 1);
        return changed;
    }

    private static async Task<bool> IsDeletedAsync(Witness witness, SampleAccount account, Answer? answer)
    {
        var deleted = await witness.AreDeadAsync(account.Tokens);
        (await witness.ViewAsync(account)).AssertStatus(deleted ? 404 : 200);
        return deleted;
    }

    private static async Task<bool> IsSecondThereAsync(Witness witness, SampleAccount account, Answer? answer)
    {
        var found = await witness.Api.GetAsync($"/api/admin/users?email={Uri.EscapeDataString(account.SecondEmail)}", witness.Administrator);
        return found.AssertStatus(200).Json.GetProperty("items").GetArrayLength() == 1;
    }

    private static async Task<bool> IsThirdSessionThereAsync(Witness witness, SampleAccount account, Answer? answer)
    {
        var devices = await witness.Api.GetAsync("/api/user/devices", account.One.Access);
        return devices.AssertStatus(200).Json.GetArrayLength() == 3;
    }

    private static async Task<bool> IsLoggedAsync(Witness witness, SampleAccount account, string name)
    {
        var entries = (await witness.Api.GetAsync("/api/user/activity", account.One.Access)).AssertStatus(200).Json;
        return entries.EnumerateArray().Any(entry => entry.Text("event") == name && entry.Text("outcome") == "succeeded");
    }
}

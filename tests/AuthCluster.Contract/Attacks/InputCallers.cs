namespace AuthCluster.Contract.Attacks;

/// <summary>
/// Callers who are let in everywhere, so that what they send reaches the endpoints: an administrator, and for profiles somebody else, because a
/// changed profile ends the access tokens of its owner.
/// </summary>
internal sealed class InputCallers
{
    private readonly ApiClient _api;
    private volatile Session _administrator;
    private volatile Session _owner;

    private InputCallers(ApiClient api, Session administrator, Session owner)
    {
        _api = api;
        _administrator = administrator;
        _owner = owner;
    }

    public static async Task<InputCallers> LoginAsync(ApiClient api) => new(api, await api.LoginAsAdministratorAsync(), await api.SignUpAsync());

    /// <summary>Sends it, and once more with a new login where the access token had ended.</summary>
    public async Task<Answer> SendAsync(Func<HttpRequestMessage> make)
    {
        var answer = await SendOnceAsync(make);
        if (answer.Status != 401 || answer.Json.Text("code") != "token_not_valid")
            return answer;
        await LoginAgainAsync();
        return await SendOnceAsync(make);
    }

    public async Task AssertServerIsWellAsync()
    {
        (await _api.GetAsync("/health/ready")).AssertStatus(200);
        await LoginAgainAsync();
        await _api.AssertLivesAsync(_administrator);
    }

    private async Task LoginAgainAsync()
    {
        if ((await _api.GetAsync("/api/forward-auth", _administrator.Access)).Status == 401)
            _administrator = await _api.LoginAsAdministratorAsync();
        if ((await _api.GetAsync("/api/forward-auth", _owner.Access)).Status == 401)
            _owner = await _api.LoginAsync(_owner.User);
    }

    private async Task<Answer> SendOnceAsync(Func<HttpRequestMessage> make)
    {
        using var request = make();
        var isProfile = request.RequestUri!.OriginalString == "/api/user/profile";
        if (!request.Headers.Contains("Authorization"))
            request.Headers.Add("Authorization", $"Bearer {(isProfile ? _owner : _administrator).Access}");
        // The answer may come before the body is read, and be lost with it.
        request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > 60_000;
        return await _api.SendAsync(request);
    }
}

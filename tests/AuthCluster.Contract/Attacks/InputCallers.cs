namespace AuthCluster.Contract.Attacks;

/// <summary>
/// Callers who are let in everywhere, so that what they send reaches the endpoints: an administrator, and for profiles somebody else, because a
/// changed profile ends the access tokens of its owner.
/// </summary>
internal sealed class InputCallers : IDisposable
{
    private readonly ApiClient _api;
    private readonly Session _administrator;
    private readonly SemaphoreSlim _profileTurn = new(1);
    private Session _owner;

    private InputCallers(ApiClient api, Session administrator, Session owner, User bystander)
    {
        UserId = bystander.Id;
        _api = api;
        _administrator = administrator;
        _owner = owner;
    }

    public static async Task<InputCallers> LoginAsync(ApiClient api) =>
        new(api, await api.LoginAsAdministratorAsync(), await api.SignUpAsync(), await api.RegisterAsync());

    /// <summary>Somebody whom the administrator may change without harm to the others.</summary>
    public string UserId { get; }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        if (request.RequestUri!.OriginalString != "/api/user/profile")
            return await SendAsync(request, _administrator);
        await _profileTurn.WaitAsync();
        try
        {
            var answer = await SendAsync(request, _owner);
            if (answer.Status == 200)
                _owner = await _api.LoginAsync(_owner.User);
            return answer;
        }
        finally
        {
            _profileTurn.Release();
        }
    }

    public async Task AssertServerIsWellAsync()
    {
        (await _api.GetAsync("/health/ready")).AssertStatus(200);
        await _api.AssertLivesAsync(_administrator);
    }

    public void Dispose() => _profileTurn.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request, Session caller)
    {
        if (!request.Headers.Contains("Authorization"))
            request.Headers.Add("Authorization", $"Bearer {caller.Access}");
        // The answer may come before the body is read, and be lost with it.
        request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > 60_000;
        return await _api.SendAsync(request);
    }
}

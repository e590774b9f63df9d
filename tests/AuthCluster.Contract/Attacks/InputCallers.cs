using AuthCluster.Contract.Catalogue;

namespace AuthCluster.Contract.Attacks;

/// <summary>
/// Callers who are let in everywhere, so that what they send reaches the endpoints: an administrator, and a user where a good call ends the
/// caller's own tokens.
/// </summary>
internal sealed class InputCallers : IDisposable
{
    /// <summary>Of those that end the caller's tokens, the ones that succeed without the caller's password.</summary>
    private static readonly HashSet<string> EndsOwnTokens =
    [
        .. from call in Endpoints.Calls
           where call.Endpoint.Caller == Caller.User && call.Revokes != Revoked.Nothing
           where call.Body?.Contains($"${Placeholders.Password}", StringComparison.Ordinal) == false
           select call.Endpoint.Path,
    ];

    private readonly ApiClient _api;
    private readonly Session _administrator;
    private readonly SemaphoreSlim _ownerTurn = new(1);
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
        if (!EndsOwnTokens.Contains(request.RequestUri!.OriginalString))
            return await SendAsync(request, _administrator);
        await _ownerTurn.WaitAsync();
        try
        {
            var answer = await SendAsync(request, _owner);
            if (answer.Status == 200)
                _owner = await _api.LoginAsync(_owner.User);
            return answer;
        }
        finally
        {
            _ownerTurn.Release();
        }
    }

    public async Task AssertServerIsWellAsync()
    {
        (await _api.GetAsync("/health/ready")).AssertStatus(200);
        await _api.AssertLivesAsync(_administrator);
    }

    public void Dispose() => _ownerTurn.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request, Session caller)
    {
        if (!request.Headers.Contains("Authorization"))
            request.Headers.Add("Authorization", $"Bearer {caller.Access}");
        // The answer may come before the body is read, and be lost with it.
        request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > 60_000;
        return await _api.SendAsync(request);
    }
}

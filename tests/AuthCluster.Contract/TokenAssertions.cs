namespace AuthCluster.Contract;

/// <summary>Whether the server takes a token.</summary>
public static class TokenAssertions
{
    public static async Task AssertAccessIsGoodAsync(this ApiClient api, string access)
    {
        (await api.GetAsync("/api/forward-auth", access)).AssertStatus(200);
        (await api.GetAsync("/api/user/view", access)).AssertStatus(200);
        (await api.VerifyAsync(access)).AssertStatus(200);
    }

    /// <summary>Asserts that it is refused wherever a token is checked, as the three places may check in different ways.</summary>
    public static async Task AssertAccessIsRefusedAsync(this ApiClient api, string access)
    {
        (await api.GetAsync("/api/forward-auth", access)).AssertProblem(401, "token_not_valid");
        (await api.GetAsync("/api/user/view", access)).AssertProblem(401, "token_not_valid");
        (await api.VerifyAsync(access)).AssertProblem(401, "token_not_valid");
    }

    public static async Task AssertRefreshIsGoodAsync(this ApiClient api, string refresh, bool mfaEnabled = false)
    {
        (await api.VerifyAsync(refresh)).AssertStatus(200);
        (await api.TryRefreshAsync(refresh)).AssertIsTokenResponse(mfaEnabled);
    }

    public static async Task AssertRefreshIsRefusedAsync(this ApiClient api, string refresh)
    {
        (await api.VerifyAsync(refresh)).AssertProblem(401, "token_not_valid");
        (await api.TryRefreshAsync(refresh)).AssertProblem(401, "token_not_valid");
    }

    /// <param name="mfaEnabled">Whether the user has a second factor.</param>
    public static async Task AssertLivesAsync(this ApiClient api, Session session, bool mfaEnabled = false)
    {
        await api.AssertAccessIsGoodAsync(session.Access);
        await api.AssertRefreshIsGoodAsync(session.Refresh, mfaEnabled);
    }

    public static async Task AssertIsOverAsync(this ApiClient api, Session session)
    {
        await api.AssertAccessIsRefusedAsync(session.Access);
        await api.AssertRefreshIsRefusedAsync(session.Refresh);
    }
}

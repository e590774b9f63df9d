using Xunit;

namespace AuthCluster.Contract;

/// <summary>Many clients, each on a connection of its own, that go on using a token while it is revoked.</summary>
internal sealed class TokenReaders
{
    private const int Clients = 64;
    private const int ReadsAfterwards = 3;

    private volatile bool _acknowledged;

    private TokenReaders()
    {
    }

    /// <summary>Asserts that each use that began after the revocation was acknowledged is refused.</summary>
    /// <param name="uses">Requests with the token, which succeed as long as it is good.</param>
    public static async Task AssertRefusedOnceAcknowledgedAsync(Func<Task<Answer>> revoke, params Func<Task<Answer>>[] uses)
    {
        var readers = new TokenReaders();
        var assigned = Enumerable.Range(0, Clients).Select(client => uses[client % uses.Length]).ToList();
        foreach (var answer in await Task.WhenAll(assigned.Select(use => use())))
            answer.AssertStatus(200);

        var reading = assigned.Select(readers.ReadAsync).ToList();
        try
        {
            var revoked = await revoke();
            Assert.True(revoked.Status is 200 or 204, $"{revoked.Status}: {revoked.Text}");
        }
        finally
        {
            readers._acknowledged = true;
        }

        await Task.WhenAll(reading);
    }

    private async Task ReadAsync(Func<Task<Answer>> use)
    {
        while (!_acknowledged)
        {
            var answer = await use();
            Assert.True(answer.Status is 200 or 401, $"{answer.Status}: {answer.Text}");
        }

        for (var i = 0; i < ReadsAfterwards; i++)
            (await use()).AssertProblem(401, "token_not_valid");
    }
}

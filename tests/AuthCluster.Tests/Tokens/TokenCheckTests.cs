using System.Net;
using AuthCluster.Accounts;
using AuthCluster.Clients;
using AuthCluster.Emails;
using AuthCluster.Options;
using AuthCluster.Tokens;
using Xunit;

namespace AuthCluster.Tests.Tokens;

public sealed class TokenCheckTests
{
    private static readonly ClientFacts Client = new(IPAddress.Parse("10.0.0.1"), "one");

    [Fact]
    public async Task A_check_of_a_warm_token_allocates_nothing()
    {
        using var deployment = await Deployment.StartAsync();
        var grant = deployment.Grant();
        var check = CheckOf(deployment, grant);
        var token = deployment.Issuer.Issue(grant).Access;
        // The first check verifies the signature and keeps the token; the second one is the first that finds it.
        AssertIsGood(check, token);
        AssertIsGood(check, token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            AssertIsGood(check, token);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_verified_token_shows_the_ids_it_was_issued_for()
    {
        using var deployment = await Deployment.StartAsync();
        var grant = deployment.Grant();
        var verified = deployment.Reader.Read(deployment.Issuer.Issue(grant).Access, TokenKind.Access)!;

        Assert.Equal(grant.Account.Id.ToString(), verified.AccountIdText);
        Assert.Equal(grant.Session.Id.ToString(), verified.SessionIdText);
    }

    private static void AssertIsGood(TokenCheck check, string token)
    {
        var judging = check.CheckAsync(token, TokenKind.Access, Client);
        Assert.True(judging.IsCompletedSuccessfully && judging.Result.IsGood(out _, out _));
    }

    private static TokenCheck CheckOf(Deployment deployment, Grant grant) => new(
        deployment.Ring, deployment.Reader, new VerifiedTokenCache(deployment.Options), new OneAccount(StandingOf(grant)), new BindingOptions(), deployment.Time);

    private static Standing StandingOf(Grant grant) => new()
    {
        AccountId = grant.Account.Id,
        Email = grant.Account.Email,
        EmailVerified = true,
        Active = true,
        AccessSecret = grant.AccessSecret,
        RefreshSecret = grant.RefreshSecret,
        Roles = [],
        Sessions =
        [
            SessionStanding.Of(grant.Session with
            {
                Address = Client.AddressText,
                UserAgent = Client.UserAgent,
                Rotation = grant.Session.Rotation with { Seen = true },
            }),
        ],
    };

    /// <summary>An account that is warm and is never told of a sighting.</summary>
    private sealed class OneAccount(Standing standing) : IAccounts
    {
        public IAccount For(Guid id) => throw new InvalidOperationException("Nothing was to be reported.");

        public ValueTask<Standing?> StandingAsync(Guid id) => new(standing);

        public Task<Guid?> FindAsync(LoginName name) => throw new NotSupportedException();
    }
}

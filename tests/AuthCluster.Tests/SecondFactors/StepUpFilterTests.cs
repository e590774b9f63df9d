using AuthCluster.Accounts;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Tests.Accounts;
using AuthCluster.Tests.Tokens;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace AuthCluster.Tests.SecondFactors;

public sealed class StepUpFilterTests
{
    [Fact]
    public async Task Without_a_second_factor_every_session_passes()
    {
        var scenario = Scenario.Registered();

        Assert.Equal(200, await TryAsync(scenario, scenario.Login()));
    }

    [Fact]
    public async Task With_one_a_session_passes_that_proved_it()
    {
        var (scenario, mine) = Scenario.WithSecondFactor();

        Assert.Equal(200, await TryAsync(scenario, mine));
    }

    [Fact]
    public async Task With_one_a_session_of_the_password_alone_is_asked_for_it()
    {
        var (scenario, mine) = Scenario.WithSecondFactor();
        var weaker = mine.Session with { Methods = AuthenticationMethods.PasswordOnly };

        Assert.Equal(403, await TryAsync(scenario, mine, scenario.State.WithSession(weaker)));
    }

    [Fact]
    public async Task What_the_token_says_does_not_count_where_the_session_is_gone()
    {
        var (scenario, mine) = Scenario.WithSecondFactor();

        Assert.Equal(403, await TryAsync(scenario, mine, scenario.State with { Sessions = [] }));
    }

    private static async Task<int> TryAsync(Scenario scenario, Grant grant, AccountState? state = null)
    {
        using var deployment = await Deployment.StartAsync();
        var token = new VerifiedToken
        {
            Kind = TokenKind.Access,
            AccountId = grant.Account.Id,
            SessionId = grant.Session.Id,
            TokenId = Guid.NewGuid(),
            Secret = grant.AccessSecret,
            Rotation = 1,
            IssuedAt = 0,
            ExpiresAt = long.MaxValue,
            Methods = grant.Session.Methods,
            Key = deployment.Ring.Current,
        };
        var http = new DefaultHttpContext();
        http.Features.Set(new Caller(token, Standing.Of(state ?? scenario.State), default));
        var result = await StepUpFilter.InvokeAsync(
            new DefaultEndpointFilterInvocationContext(http), _ => ValueTask.FromResult<object?>(TypedResults.Ok()));
        return result switch
        {
            IStatusCodeHttpResult { StatusCode: { } status } => status,
            AuthCluster.Http.Answers.Problem problem => problem.Status,
            _ => throw new InvalidOperationException($"{result}"),
        };
    }
}

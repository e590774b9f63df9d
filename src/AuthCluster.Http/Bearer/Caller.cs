using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Bearer;

/// <summary>Who calls an endpoint that asks for a token: set by <see cref="AccountBearerHandler"/>, a parameter of handlers.</summary>
internal sealed record Caller(VerifiedToken Token, Standing Standing, ClientFacts Client)
{
    /// <summary>Canceled when the caller has gone.</summary>
    public CancellationToken Gone { get; init; }

    public Guid AccountId => Token.AccountId;

    public Guid SessionId => Token.SessionId;

    /// <summary>Whether the session has proved a second factor.</summary>
    public bool HasSecondFactor => Standing.FindSession(SessionId) is { } session && AuthenticationMethods.HaveSecondFactor(session.Methods);

    public SessionProof Proof => new(Token.SessionId, Token.Secret);

    /// <summary>Throws where the endpoint was not made to require authorization: that is a bug.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext http) => ValueTask.FromResult(
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint does not require authorization."));
}

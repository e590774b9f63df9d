using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Clients;
using AuthCluster.Http.Bearer;
using Microsoft.AspNetCore.Http;

namespace AuthCluster.Http.Legacy;

/// <summary>Marks an endpoint that takes tokens of the systems that users come from as well as our own.</summary>
internal sealed class TakesLegacyTokens;

/// <summary>Who calls such an endpoint: from a session of ours, or by a token of the other system.</summary>
internal sealed record EitherCaller(Caller? Own, LegacyVerdict? Legacy, ClientFacts Client)
{
    public Guid AccountId => Own?.AccountId ?? Legacy!.Token.AccountId;

    /// <summary><c>null</c> where there is none.</summary>
    public Guid? SessionId => Own?.SessionId;

    /// <summary>An act that only reads, by the token that was presented.</summary>
    public Act<TResult> Reading<TResult>(Act<TResult> act) =>
        Own is { } caller ? new InSession<TResult>(caller.Proof, act) : new ByLegacyToken<TResult>(Legacy!.Token.Proof, act);

    public Act<Done> LogOut() => Own is { } caller ? new EndOwnSession(caller.Proof, Client) : new EndLegacyToken(Legacy!.Token.Proof, Client);

    public Act<Done> LogOutEverywhere() => Own is { } caller ? new EndAllSessions(caller.Proof, Client) : new EndAllByLegacyToken(Legacy!.Token.Proof, Client);

    /// <summary>Throws where the endpoint was not made to require authorization: that is a bug.</summary>
    public static ValueTask<EitherCaller> BindAsync(HttpContext http)
    {
        var (own, legacy) = (http.Features.Get<Caller>(), http.Features.Get<LegacyVerdict>());
        return own is null && legacy is null
            ? throw new InvalidOperationException("The endpoint does not require authorization.")
            : ValueTask.FromResult(new EitherCaller(own, legacy, http.Client()));
    }
}

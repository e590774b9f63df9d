using AuthCluster.Accounts;
using AuthCluster.Emails;

namespace AuthCluster;

/// <summary>The accounts of one deployment. Each host implements this port: the embedded one with objects, the cluster with grains.</summary>
/// <remarks>Every member throws <see cref="StateUnavailableException"/> while the state it needs is out of reach.</remarks>
public interface IAccounts
{
    /// <summary>The account with this id, which need not exist: acts on an account that does not are refused.</summary>
    IAccount For(Guid id);

    /// <summary>The snapshot that token checks read; <c>null</c> where there is no such account.</summary>
    /// <remarks>Completes synchronously while the account is warm.</remarks>
    ValueTask<Standing?> StandingAsync(Guid id);

    /// <summary>Who holds this address or user name; <c>null</c> where nobody does. Wakes no account.</summary>
    Task<Guid?> FindAsync(LoginName name);
}

/// <summary>One account: acts on it happen one at a time, each saved before it is answered.</summary>
public interface IAccount
{
    /// <summary>Lets the account decide on an act, saves what it decided and answers.</summary>
    /// <exception cref="StateUnavailableException">The decision could not be saved: the act has not happened.</exception>
    Task<Outcome<TResult>> PerformAsync<TResult>(Act<TResult> act);
}

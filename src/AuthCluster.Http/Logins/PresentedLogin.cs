using AuthCluster.Accounts;
using AuthCluster.Clients;

namespace AuthCluster.Http.Logins;

/// <summary>A login, and whom it is about.</summary>
/// <param name="Email">The canonical address; as it was typed where it is none.</param>
/// <param name="AccountId"><c>null</c> where nobody holds the address.</param>
/// <param name="Device">The known device that it comes from, by its device token.</param>
internal sealed record PresentedLogin(Credentials Presented, ClientFacts Client, string Email, Guid? AccountId, DeviceTokenFacts? Device)
{
    /// <summary>Canceled when the client has gone.</summary>
    public CancellationToken Gone { get; init; }
}

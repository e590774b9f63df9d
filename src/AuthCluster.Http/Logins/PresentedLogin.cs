using AuthCluster.Accounts;
using AuthCluster.Clients;

namespace AuthCluster.Http.Logins;

/// <summary>A login, and whom it is about.</summary>
/// <param name="AccountId"><c>null</c> where nobody holds the name.</param>
/// <param name="Device">The known device that it comes from, by its device token.</param>
internal sealed record PresentedLogin(Credentials Presented, ClientFacts Client, Guid? AccountId, DeviceTokenFacts? Device)
{
    /// <summary>Canceled when the client has gone.</summary>
    public CancellationToken Gone { get; init; }
}

namespace AuthCluster.Accounts;

/// <summary>What a device token says: which client it is, and as of which generation.</summary>
public sealed record DeviceTokenFacts(Guid DeviceId, int Generation);

namespace AuthCluster.Client.Checks;

/// <summary>A time from which on every revocation is known.</summary>
/// <param name="Since">By the server's clock.</param>
internal sealed record FeedEpoch(DateTimeOffset Since);

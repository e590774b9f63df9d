namespace AuthCluster.Contract.Attacks;

/// <summary>A token that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
internal sealed record Attack(string Name, string Token);

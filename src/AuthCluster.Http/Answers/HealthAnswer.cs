namespace AuthCluster.Http.Answers;

internal sealed record HealthAnswer(string Status);

namespace AuthCluster.Http.Answers;

internal sealed record RegisteredAnswer(string Id, string? Email);

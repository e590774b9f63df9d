namespace AuthCluster.Http.Bodies;

/// <summary>The id of a user or device in a path. Text that is no id of ours reads as one that nobody has, so that the answer is 404.</summary>
internal readonly record struct PathId(Guid Value)
{
    public static bool TryParse(string? text, out PathId id)
    {
        id = new PathId(Guid.TryParseExact(text, "D", out var value) ? value : Guid.Empty);
        return true;
    }
}

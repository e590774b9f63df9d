namespace AuthCluster.Http.Admin;

/// <summary>The user that a path names. One that is no id of ours names nobody: the account that is asked for then does not exist.</summary>
internal readonly record struct UserId(Guid Value)
{
    public static bool TryParse(string? text, out UserId id)
    {
        id = new UserId(Guid.TryParseExact(text, "D", out var value) ? value : Guid.Empty);
        return true;
    }
}

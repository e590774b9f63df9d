using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Checking;

/// <summary>A check tells the roles as the last acknowledged change left them, or a later one.</summary>
internal static class RoleRule
{
    private const int NoRole = -1;

    public static Rule Check(History history)
    {
        var rule = new Rule("A check tells no roles that an acknowledged change had replaced");
        var changes = history.Operations.Where(operation => operation.Kind == OperationKind.ChangeRole).ToLookup(change => change.User);
        foreach (var checks in history.Operations
            .Where(operation => operation.Kind == OperationKind.ForwardAuth && operation.Succeeded).GroupBy(check => check.User))
        {
            CheckUser(checks.OrderBy(check => check.Start), [.. changes[checks.Key]], rule);
        }

        return rule;
    }

    private static void CheckUser(IEnumerable<Operation> checks, List<Operation> changes, Rule rule)
    {
        // No role is set twice; without one the account is as it was made.
        var endOf = changes.Where(change => change.Succeeded || change.Unknown).ToDictionary(change => change.Number, change => change.End);
        endOf[NoRole] = -1;
        var acknowledged = changes.Where(change => change.Succeeded).OrderBy(change => change.End).ToList();
        var (next, latestStart) = (0, -1L);
        foreach (var check in checks)
        {
            for (; next < acknowledged.Count && acknowledged[next].End <= check.Start; next++)
                latestStart = Math.Max(latestStart, acknowledged[next].Start);
            // The roles it told are stale where another change began after theirs was over, and was over before the check began.
            var holds = endOf.TryGetValue(check.Number, out var end) && latestStart <= end;
            rule.Hold(holds, check, "other roles were set by an act that began at", latestStart);
        }
    }
}

using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Checking;

/// <summary>No account has more device sessions than it may: neither in its list nor by what its tokens could do.</summary>
internal static class DeviceLimitRule
{
    public static Rule Check(History history, HistoryFacts facts)
    {
        var limit = history.Settings.DeviceLimit;
        var rule = new Rule("An account has no more device sessions than the limit");
        foreach (var operation in history.Operations)
        {
            if (operation.Kind == OperationKind.Devices && operation.Succeeded)
                rule.Hold(operation.Number <= limit, operation, "listed at once; the limit is", limit);
        }

        foreach (var user in facts.Users)
            Sweep(history, user, limit, rule);
        return rule;
    }

    /// <summary>A session lives at least from the end of its login until the last call that was accepted began.</summary>
    private static void Sweep(History history, UserFacts user, int limit, Rule rule)
    {
        var ends = new PriorityQueue<long, long>();
        foreach (var session in user.Sessions.Where(session => session.LastAccepted > session.OpenEnd).OrderBy(session => session.OpenEnd))
        {
            while (ends.TryPeek(out var end, out _) && end <= session.OpenEnd)
                ends.Dequeue();
            ends.Enqueue(session.LastAccepted, session.LastAccepted);
            rule.Hold(ends.Count <= limit, history.Operations[session.Login], "with others it makes more that live than", limit);
        }
    }
}

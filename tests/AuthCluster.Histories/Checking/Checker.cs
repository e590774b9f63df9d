using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Checking;

/// <summary>
/// Judges a history by what the interface promises. It never guesses an order of acts that overlapped: each rule speaks only where one
/// was over before the other began, so nothing has to be searched for.
/// </summary>
internal static class Checker
{
    public static IReadOnlyList<Rule> Check(History history)
    {
        var facts = new HistoryFacts(history);
        return
        [
            .. TokenRules.Check(history, facts),
            DeviceLimitRule.Check(history, facts),
            PasswordRule.Check(history, facts),
            RoleRule.Check(history),
        ];
    }
}

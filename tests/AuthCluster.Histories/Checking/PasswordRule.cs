using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Checking;

/// <summary>From the moment its change is acknowledged the old password opens nothing, and the new one opens the account.</summary>
internal static class PasswordRule
{
    public static Rule Check(History history, HistoryFacts facts)
    {
        var rule = new Rule("After a password change only the new password logs in");
        foreach (var operation in history.Operations)
        {
            if (operation.Kind != OperationKind.Login || !(operation.Succeeded || operation.Refused))
                continue;
            var password = facts.User(operation.User).Password(operation.Number);
            if (operation.Start >= password.ReplacedBy)
                rule.Hold(operation.Refused, operation, "the password was replaced by", password.ReplacedBy);
            else if (operation.Start >= password.SetEnd && operation.End <= password.MayBeReplacedFrom)
                rule.Hold(operation.Succeeded, operation, "the password was set by", password.SetEnd);
        }

        return rule;
    }
}

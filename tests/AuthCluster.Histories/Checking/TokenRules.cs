using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Checking;

/// <summary>When tokens must be accepted, and when they must not.</summary>
internal static class TokenRules
{
    public static IReadOnlyList<Rule> Check(History history, HistoryFacts facts)
    {
        var final = new Rule("A token is refused once its revocation was acknowledged");
        var steady = new Rule("A token that was refused is never accepted again");
        var living = new Rule("A token that nothing can have revoked is accepted");
        foreach (var operation in history.Operations)
        {
            if (operation.Token == Guid.Empty || !(operation.Succeeded || operation.Refused))
                continue;
            var token = facts.Token(operation.Token);
            if (operation.Start >= token.DeadFrom)
                final.Hold(operation.Refused, operation, "dead since", token.DeadFrom);
            if (operation.Start >= token.FirstRefusal)
                steady.Hold(operation.Refused, operation, "refused before", token.FirstRefusal);
            if (MustLive(token, operation))
                living.Hold(operation.Succeeded, operation, "good since", token.IssueStart);
        }

        return [final, steady, living];
    }

    private static bool MustLive(TokenFacts token, in Operation operation)
    {
        var (session, user) = (token.Session, token.Session.User);
        var revocations = token.IsRefresh ? user.MayRevokeRefresh : user.MayRevokeAccess;
        return operation.End < token.LivesUntil
            && operation.End <= session.MayEndFrom
            && !revocations.MayFallInto(token.IssueStart, operation.End, token.Issuer)
            && !user.MayEvict.MayFallInto(session.OpenStart, operation.End, session.Login);
    }
}

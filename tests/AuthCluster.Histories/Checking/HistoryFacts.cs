using AuthCluster.Contract.Catalogue;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Checking;

/// <summary>Turns a history around: from what clients did to what became of users, sessions and tokens.</summary>
internal sealed class HistoryFacts
{
    // Lifetimes are told in whole seconds of a clock that ours may be a little ahead of.
    private const long ExpirySlack = 2_000_000_000;
    private const long GraceSlack = 100_000_000;

    private readonly History _history;
    private readonly Dictionary<int, UserFacts> _users = [];
    private readonly Dictionary<Guid, SessionFacts> _sessions = [];
    private readonly Dictionary<Guid, TokenFacts> _tokens = [];
    private int _sessionCount;

    public HistoryFacts(History history)
    {
        _history = history;
        ForEach(OpenSession);
        ForEach(NoteTokens);
        ForEach(NotePresentation);
        ForEach(NoteAct);
        ForEach(NoteReplay);
        foreach (var session in _users.Values.SelectMany(user => user.Sessions))
            session.DeadFrom = DeathOf(session);
        foreach (var token in _tokens.Values)
            token.DeadFrom = DeathOf(token);
        NoteEvictions();
    }

    public IEnumerable<UserFacts> Users => _users.Values;

    public TokenFacts Token(Guid id) =>
        _tokens.TryGetValue(id, out var token) ? token : throw new FormatException($"The history does not say where token {id} comes from.");

    public UserFacts User(int number)
    {
        if (!_users.TryGetValue(number, out var user))
            _users.Add(number, user = new UserFacts());
        return user;
    }

    private void ForEach(Action<Operation, int> note)
    {
        for (var i = 0; i < _history.Operations.Count; i++)
            note(_history.Operations[i], i);
    }

    private void OpenSession(Operation operation, int index)
    {
        if (operation.Kind != OperationKind.Login || !(operation.Succeeded || operation.Unknown))
            return;
        var user = User(operation.User);
        var session = new SessionFacts
        {
            Index = _sessionCount++,
            User = user,
            Login = index,
            OpenStart = operation.Start,
            OpenEnd = operation.End,
            Password = user.Password(operation.Number),
        };
        user.Sessions.Add(session);
        // One of unknown outcome has no tokens that anybody knows, but it counts against the device limit.
        if (operation.Issued is { } pair)
            _sessions.Add(pair.Session, session);
    }

    private void NoteTokens(Operation operation, int index)
    {
        if (operation.Issued is not { } pair)
            return;
        NoteToken(pair.Access, isRefresh: false, pair.AccessSeconds);
        NoteToken(pair.Refresh, isRefresh: true, pair.RefreshSeconds);

        void NoteToken(Guid id, bool isRefresh, int seconds)
        {
            if (!_tokens.TryGetValue(id, out var token))
                _tokens.Add(id, token = new TokenFacts { Session = Session(pair.Session), IsRefresh = isRefresh });
            // A refresh token may be handed out again: it is the same one then.
            token.IssueEnd = Math.Min(token.IssueEnd, operation.End);
            if (operation.Start >= token.IssueStart)
                return;
            token.IssueStart = operation.Start;
            token.Issuer = index;
            token.LivesUntil = operation.Start + (seconds * 1_000_000_000L) - ExpirySlack;
        }
    }

    private void NotePresentation(Operation operation, int index)
    {
        if (operation.Token == Guid.Empty)
            return;
        var token = Token(operation.Token);
        if (operation.Kind == OperationKind.Refresh)
            token.FirstExchange = Math.Min(token.FirstExchange, operation.Start);
        if (operation.Refused)
            token.FirstRefusal = Math.Min(token.FirstRefusal, operation.End);
        else if (operation.Succeeded)
            token.Session.LastAccepted = Math.Max(token.Session.LastAccepted, operation.Start);
    }

    private void NoteAct(Operation operation, int index)
    {
        if (operation.Kind == OperationKind.Register && operation.Succeeded)
            User(operation.User).Password(operation.NewPassword).SetEnd = operation.End;
        if (!operation.Kind.RevokesTokens || !(operation.Succeeded || operation.Unknown))
            return;
        var user = User(operation.User);
        if (operation.Kind.ReplacesAccessSecret)
            user.MayRevokeAccess.Add(operation.Start, operation.End, spares: index);
        if (operation.Kind.ReplacesRefreshSecret)
            user.MayRevokeRefresh.Add(operation.Start, operation.End, spares: index);
        if (operation.Kind.EndsOneSession)
            NoteEnd(operation.Kind.Revokes == Revoked.CallersSession ? Token(operation.Token).Session : Session(operation.Target), operation);
        if (operation.Kind == OperationKind.ChangePassword)
            NotePasswordChange(user, operation);
        if (!operation.Succeeded)
            return;
        if (operation.Kind.ReplacesAccessSecret)
            user.RevokesAccess.Add(operation.Start, operation.End);
        if (operation.Kind.ReplacesRefreshSecret)
            user.RevokesRefresh.Add(operation.Start, operation.End);
        if (operation.Kind.EndsSessions)
        {
            var spared = operation.Kind.SparesCaller ? Token(operation.Token).Session.Index : ActTimeline.Nobody;
            user.EndsSessions.Add(operation.Start, operation.End, spared);
        }
    }

    private void NotePasswordChange(UserFacts user, Operation operation)
    {
        var before = user.Password(operation.Number);
        before.MayBeReplacedFrom = Math.Min(before.MayBeReplacedFrom, operation.Start);
        if (!operation.Succeeded)
            return;
        before.ReplacedBy = operation.End;
        before.Replacer = Token(operation.Token).Session;
        user.Password(operation.NewPassword).SetEnd = operation.End;
    }

    /// <summary>Who exchanges a token a second time after the grace ends its session, perhaps.</summary>
    private void NoteReplay(Operation operation, int index)
    {
        if (operation.Kind != OperationKind.Refresh || !(operation.Refused || operation.Unknown))
            return;
        var token = Token(operation.Token);
        var grace = (long)_history.Settings.RefreshGrace.TotalMilliseconds * 1_000_000;
        if (operation.Start > token.FirstExchange && operation.End >= token.FirstExchange + grace - GraceSlack)
            token.Session.MayEndFrom = Math.Min(token.Session.MayEndFrom, operation.Start);
    }

    private static void NoteEnd(SessionFacts session, Operation operation)
    {
        session.MayEndFrom = Math.Min(session.MayEndFrom, operation.Start);
        if (operation.Succeeded)
            session.EndedBy = Math.Min(session.EndedBy, operation.End);
    }

    private static long DeathOf(SessionFacts session)
    {
        var death = Math.Min(session.EndedBy, session.User.EndsSessions.EarliestEndFrom(session.OpenEnd, session.Index));
        // Also a login that was in flight: with the old password it opens nothing that outlives the change.
        return session.Password.Replacer == session ? death : Math.Min(death, session.Password.ReplacedBy);
    }

    private static long DeathOf(TokenFacts token)
    {
        var user = token.Session.User;
        var revocations = token.IsRefresh ? user.RevokesRefresh : user.RevokesAccess;
        return Math.Min(token.Session.DeadFrom, revocations.EarliestEndFrom(token.IssueEnd));
    }

    private void NoteEvictions()
    {
        foreach (var user in _users.Values)
        {
            var opened = user.Sessions.Select(session => session.OpenStart).Order().ToList();
            var ended = user.Sessions.Select(session => session.DeadFrom).Order().ToList();
            foreach (var login in user.Sessions)
            {
                var others = CountBelow(opened, login.OpenEnd) - CountBelow(ended, login.OpenStart + 1) - 1;
                if (others >= _history.Settings.DeviceLimit)
                    user.MayEvict.Add(login.OpenStart, login.OpenEnd, spares: login.Login);
            }
        }
    }

    private static int CountBelow(List<long> sorted, long bound)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < bound)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private SessionFacts Session(Guid id) =>
        _sessions.TryGetValue(id, out var session) ? session : throw new FormatException($"The history does not say where session {id} comes from.");
}

using System.Globalization;

namespace AuthCluster.Histories.Load;

/// <summary>
/// A user as the clients that share the account believe it to be. They may be wrong, since they do not wait for each other: an answer
/// corrects them, and the history is judged by what was answered, never by this.
/// </summary>
internal sealed class LoadUser(int number, string email, string password, string accountId)
{
    private const int SessionsKept = 24;
    private const int OldTokensKept = 48;

    private readonly Lock _lock = new();
    private readonly List<Session> _sessions = [];
    private readonly List<Token> _old = [];
    private readonly List<int> _perhapsSet = [];

    public int Number => number;

    public string Email => email;

    public string AccountId => accountId;

    /// <summary>By number; 0 is the one it was made with.</summary>
    public int Password { get; private set; }

    public string PasswordText(int set) => set == 0 ? password : string.Create(CultureInfo.InvariantCulture, $"cobalt {set} ladder walnut");

    public Session? PickSession(Random random)
    {
        lock (_lock)
            return _sessions.Count == 0 ? null : _sessions[random.Next(_sessions.Count)];
    }

    /// <summary>A token that was replaced or revoked, most likely.</summary>
    public Token? PickOld(Random random)
    {
        lock (_lock)
            return _old.Count == 0 ? null : _old[random.Next(_old.Count)];
    }

    public IReadOnlyList<Session> Sessions()
    {
        lock (_lock)
            return [.. _sessions];
    }

    /// <summary>Every token that is remembered, living or not.</summary>
    public IReadOnlyList<Token> Tokens()
    {
        lock (_lock)
            return [.. _old, .. _sessions.Select(session => session.Access), .. _sessions.Select(session => session.Refresh)];
    }

    /// <summary>A new session, or a new pair of a known one.</summary>
    public void Hold(Session session)
    {
        lock (_lock)
        {
            if (_sessions.Find(known => known.Id == session.Id) is { } before)
                Drop(before);
            else if (_sessions.Count == SessionsKept)
                Drop(_sessions[0]);
            _sessions.Add(session);
        }
    }

    public void Drop(params IEnumerable<Session> ended)
    {
        lock (_lock)
        {
            foreach (var session in ended)
            {
                if (_sessions.RemoveAll(known => known.Id == session.Id) == 0)
                    continue;
                Remember(session.Access);
                Remember(session.Refresh);
            }
        }
    }

    public void DropAccess(params IEnumerable<Session> sessions)
    {
        lock (_lock)
        {
            foreach (var session in sessions)
            {
                var index = _sessions.IndexOf(session);
                if (index < 0)
                    continue;
                Remember(session.Access);
                _sessions[index] = session with { AccessIsGone = true };
            }
        }
    }

    public void PasswordIs(int current)
    {
        lock (_lock)
        {
            Password = current;
            _perhapsSet.Clear();
        }
    }

    /// <summary>The answer to a change was lost.</summary>
    public void PasswordMayBe(int changed)
    {
        lock (_lock)
            _perhapsSet.Add(changed);
    }

    public void PasswordIsNot(int refused)
    {
        lock (_lock)
        {
            if (Password != refused || _perhapsSet.Count == 0)
                return;
            Password = _perhapsSet[^1];
            _perhapsSet.RemoveAt(_perhapsSet.Count - 1);
        }
    }

    // New ones take the place of others at random, so that some stay that are very old.
    private void Remember(Token token)
    {
        if (_old.Count < OldTokensKept)
            _old.Add(token);
        else
            _old[(token.Id.GetHashCode() & int.MaxValue) % OldTokensKept] = token;
    }
}

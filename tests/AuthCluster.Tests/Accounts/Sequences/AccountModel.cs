using AuthCluster.Accounts;

namespace AuthCluster.Tests.Accounts.Sequences;

/// <summary>
/// Which tokens of one account must be accepted, in the words of the contract and in the plainest form: nothing is forgotten, nothing
/// is bounded, and a token is dead because somebody marked it so.
/// </summary>
internal sealed class AccountModel(AccountRules rules, TimeSpan accessLifetime)
{
    private readonly List<ModelSession> _sessions = [];

    public bool Exists { get; private set; }

    public bool Active { get; private set; }

    /// <summary>How often all access tokens were revoked; likewise the refresh tokens.</summary>
    public (int Access, int Refresh) Revocations { get; private set; }

    public void Register() => (Exists, Active) = (true, true);

    public void Delete()
    {
        EndAll();
        (Exists, Active) = (false, false);
    }

    public void SetActive(bool active)
    {
        if (active == Active)
            return;
        EndAll();
        Active = active;
    }

    /// <summary><c>null</c> where the login is refused.</summary>
    public ModelSession? Login(DateTimeOffset now)
    {
        if (!Active || !MakeRoom(_sessions.Where(session => session.IsAlive(now)).ToList()))
            return null;
        var session = new ModelSession { Began = now, LastUsed = now };
        _sessions.Add(session);
        return session;
    }

    public ModelPair NewPair(ModelSession session, DateTimeOffset now)
    {
        if (session.Pairs is [.., var before])
            before.Replaced = now;
        var expires = Earlier(now + rules.RefreshLifetime, session.Began + rules.SessionMaxAge);
        var pair = new ModelPair(session, session.Pairs.Count + 1, expires);
        session.Pairs.Add(pair);
        session.LastUsed = now;
        return pair;
    }

    public ModelAccess NewAccess(ModelPair pair, DateTimeOffset now)
    {
        var access = new ModelAccess(pair, Earlier(now + accessLifetime, pair.Expires));
        pair.Access.Add(access);
        return access;
    }

    public static bool Accepts(ModelAccess access, DateTimeOffset now) =>
        !access.Revoked && !access.Pair.Session.Ended && now < access.Expires;

    public RefreshAnswer Judge(ModelPair presented, DateTimeOffset now)
    {
        var session = presented.Session;
        if (presented.Revoked || session.Ended || now >= presented.Expires)
            return RefreshAnswer.Refused;
        if (presented == session.Pairs[^1])
            return RefreshAnswer.NextPair;
        if (now - presented.Replaced < rules.RefreshGrace)
            return RefreshAnswer.NewestPair;
        return presented == session.Pairs[^2] && !session.Pairs[^1].Seen ? RefreshAnswer.NewestPair : RefreshAnswer.Replay;
    }

    public static void See(ModelPair pair, DateTimeOffset now)
    {
        pair.Seen = true;
        pair.Session.LastUsed = now;
    }

    public static void End(ModelSession session) => session.Ended = true;

    public void EndAll()
    {
        _sessions.ForEach(End);
        RevokeAccess();
        RevokeRefresh();
    }

    public void EndOthers(ModelSession survivor)
    {
        EndAll();
        survivor.Ended = false;
    }

    public void RevokeAccess()
    {
        foreach (var access in AllPairs().SelectMany(pair => pair.Access))
            access.Revoked = true;
        Revocations = Revocations with { Access = Revocations.Access + 1 };
    }

    public void RevokeRefresh()
    {
        foreach (var pair in AllPairs())
            pair.Revoked = true;
        Revocations = Revocations with { Refresh = Revocations.Refresh + 1 };
    }

    private bool MakeRoom(List<ModelSession> alive)
    {
        if (alive.Count < rules.SessionLimit)
            return true;
        if (rules.AtSessionLimit == AtSessionLimit.Reject)
            return false;
        alive.Where(session => rules.AtSessionLimit switch
        {
            AtSessionLimit.EvictAll => true,
            AtSessionLimit.EvictOldest => session == alive[0],
            _ => session == alive.MinBy(one => one.LastUsed),
        }).ToList().ForEach(End);
        return true;
    }

    private IEnumerable<ModelPair> AllPairs() => _sessions.SelectMany(session => session.Pairs);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

internal enum RefreshAnswer
{
    NextPair,
    NewestPair,
    Replay,
    Refused,
}

internal sealed class ModelSession
{
    public required DateTimeOffset Began { get; init; }

    public required DateTimeOffset LastUsed { get; set; }

    public bool Ended { get; set; }

    public List<ModelPair> Pairs { get; } = [];

    public bool IsAlive(DateTimeOffset now) => !Ended && now < Pairs[^1].Expires;
}

/// <summary>A refresh token, and the access tokens that were handed out with it.</summary>
internal sealed class ModelPair(ModelSession session, int number, DateTimeOffset expires)
{
    public ModelSession Session { get; } = session;

    public int Number { get; } = number;

    public DateTimeOffset Expires { get; } = expires;

    public DateTimeOffset? Replaced { get; set; }

    public bool Seen { get; set; }

    public bool Revoked { get; set; }

    public List<ModelAccess> Access { get; } = [];
}

internal sealed class ModelAccess(ModelPair pair, DateTimeOffset expires)
{
    public ModelPair Pair { get; } = pair;

    public DateTimeOffset Expires { get; } = expires;

    public bool Revoked { get; set; }
}

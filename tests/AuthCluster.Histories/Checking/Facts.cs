using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Checking;

/// <summary>What a history says of one token, whoever used it.</summary>
internal sealed class TokenFacts
{
    public required SessionFacts Session { get; init; }

    public required bool IsRefresh { get; init; }

    /// <summary>The act that handed it out first, by its place in the history.</summary>
    public int Issuer { get; set; }

    public long IssueStart { get; set; } = Operation.Never;

    public long IssueEnd { get; set; } = Operation.Never;

    /// <summary>Certainly not expired before.</summary>
    public long LivesUntil { get; set; }

    /// <summary>When it was first exchanged for a new pair, as far as anybody knows.</summary>
    public long FirstExchange { get; set; } = Operation.Never;

    /// <summary>When it was first known to be refused.</summary>
    public long FirstRefusal { get; set; } = Operation.Never;

    /// <summary>An acknowledged act had revoked it by then.</summary>
    public long DeadFrom { get; set; } = Operation.Never;
}

/// <summary>What a history says of one device session.</summary>
internal sealed class SessionFacts
{
    public required int Index { get; init; }

    public required UserFacts User { get; init; }

    /// <summary>The login, by its place in the history.</summary>
    public required int Login { get; init; }

    public required long OpenStart { get; init; }

    public required long OpenEnd { get; init; }

    public required PasswordFacts Password { get; init; }

    /// <summary>An acknowledged act that ends this session only was over by then.</summary>
    public long EndedBy { get; set; } = Operation.Never;

    /// <summary>An act that ends this session only, perhaps, began then.</summary>
    public long MayEndFrom { get; set; } = Operation.Never;

    /// <summary>The latest call that began while it certainly lived.</summary>
    public long LastAccepted { get; set; } = -1;

    public long DeadFrom { get; set; } = Operation.Never;
}

/// <summary>What a history says of one password of one user. No password is ever set twice.</summary>
internal sealed class PasswordFacts
{
    public long SetEnd { get; set; } = Operation.Never;

    /// <summary>The acknowledged change away from it was over by then.</summary>
    public long ReplacedBy { get; set; } = Operation.Never;

    /// <summary>The session that changed it and lives on.</summary>
    public SessionFacts? Replacer { get; set; }

    public long MayBeReplacedFrom { get; set; } = Operation.Never;
}

/// <summary>What a history says of one user.</summary>
internal sealed class UserFacts
{
    private readonly Dictionary<int, PasswordFacts> _passwords = [];

    public List<SessionFacts> Sessions { get; } = [];

    /// <summary>Acknowledged acts, by the kind of token they revoke.</summary>
    public ActTimeline RevokesAccess { get; } = new();

    public ActTimeline RevokesRefresh { get; } = new();

    /// <summary>Acknowledged acts that end all sessions; they may spare one, by <see cref="SessionFacts.Index"/>.</summary>
    public ActTimeline EndsSessions { get; } = new();

    /// <summary>The same acts with those of unknown outcome; they spare what they handed out themselves, by place in the history.</summary>
    public ActTimeline MayRevokeAccess { get; } = new();

    public ActTimeline MayRevokeRefresh { get; } = new();

    /// <summary>Logins that may have found the account full; they spare their own session.</summary>
    public ActTimeline MayEvict { get; } = new();

    public PasswordFacts Password(int number)
    {
        if (!_passwords.TryGetValue(number, out var password))
            _passwords.Add(number, password = new PasswordFacts());
        return password;
    }
}

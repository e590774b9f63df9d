namespace AuthCluster.Histories.Recording;

/// <summary>One call of one client, as the client saw it.</summary>
internal readonly record struct Operation
{
    /// <summary>When an act of unknown outcome is over, as long as nobody knows better.</summary>
    public const long Never = long.MaxValue;

    public required OperationKind Kind { get; init; }

    public int Client { get; init; }

    /// <summary>Which of the base URLs was called.</summary>
    public int Node { get; init; }

    /// <summary>The user whose account is read or changed; the token may be an administrator's.</summary>
    public int User { get; init; }

    /// <summary><c>jti</c> of the token that was presented; empty where there was none.</summary>
    public Guid Token { get; init; }

    /// <summary>Before the request was sent to its end, in nanoseconds of the one clock that all clients share.</summary>
    public long Start { get; init; }

    /// <summary>After the answer was read.</summary>
    public long End { get; init; }

    /// <summary>HTTP status; 0 where no answer came.</summary>
    public int Status { get; init; }

    /// <summary>The password presented, the role set or seen, or the count of devices; -1 where there is none.</summary>
    public int Number { get; init; } = -1;

    /// <summary>The password set; -1 where there is none.</summary>
    public int NewPassword { get; init; } = -1;

    /// <summary>The device session that is to end.</summary>
    public Guid Target { get; init; }

    public IssuedPair? Issued { get; init; }

    public Operation()
    {
    }

    public bool Succeeded => Status is >= 200 and < 300;

    public bool Refused => Status == 401;

    /// <summary>Nobody knows whether it happened, or whether it still will.</summary>
    public bool Unknown => Status is 0 or >= 500;
}

/// <summary>A pair of tokens in an answer.</summary>
internal sealed record IssuedPair(Guid Session, Guid Access, int AccessSeconds, Guid Refresh, int RefreshSeconds);

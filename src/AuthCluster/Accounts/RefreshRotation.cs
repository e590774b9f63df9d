using System.Collections.Immutable;

namespace AuthCluster.Accounts;

/// <summary>
/// Which refresh token of a session is the newest, and what a token presented now is entitled to.
/// </summary>
public sealed record RefreshRotation
{
    /// <summary>
    /// Rotations remembered within the grace. Past it the newest is handed out again instead of yet another one, so that a client
    /// that refreshes in a tight loop cannot grow the account.
    /// </summary>
    public const int RememberedLimit = 128;

    /// <summary>Counts from 1: <c>rot</c> of the newest pair.</summary>
    public required int Number { get; init; }

    /// <summary><c>jti</c> of the newest refresh token.</summary>
    public required Guid TokenId { get; init; }

    public required DateTimeOffset Issued { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>Whether the newest pair was presented anywhere: then its answer was not lost.</summary>
    public bool Seen { get; init; }

    /// <summary>Newest first: the token before the newest, always, and those rotated within the grace.</summary>
    public ImmutableArray<RotatedToken> Rotated { get; init; } = [];

    public static RefreshRotation First(Moment moment, DateTimeOffset sessionEnd, int number = 1) => new()
    {
        Number = number,
        TokenId = moment.NewSecret(),
        Issued = moment.Now,
        Expires = Earlier(moment.Now + moment.Rules.RefreshLifetime, sessionEnd),
    };

    public RotationVerdict Judge(Guid presented, Moment moment)
    {
        if (presented == TokenId)
            return IsFull(moment) ? RotationVerdict.SameAgain : RotationVerdict.Rotate;
        for (var i = 0; i < Rotated.Length; i++)
        {
            if (Rotated[i].TokenId != presented)
                continue;
            var answerWasLost = i == 0 && !Seen;
            return answerWasLost || WithinGrace(Rotated[i], moment) ? RotationVerdict.SameAgain : RotationVerdict.Replay;
        }

        return RotationVerdict.Replay;
    }

    public RefreshRotation Next(Moment moment, DateTimeOffset sessionEnd) => First(moment, sessionEnd, Number + 1) with
    {
        Rotated = [new RotatedToken(TokenId, moment.Now), .. Rotated.Where(token => WithinGrace(token, moment))],
    };

    private bool IsFull(Moment moment) => Rotated.Length >= RememberedLimit && Rotated.Count(token => WithinGrace(token, moment)) >= RememberedLimit;

    private static bool WithinGrace(RotatedToken token, Moment moment) => moment.Now - token.At < moment.Rules.RefreshGrace;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

public readonly record struct RotatedToken(Guid TokenId, DateTimeOffset At);

public enum RotationVerdict
{
    /// <summary>It is the newest: a successor takes its place.</summary>
    Rotate,

    /// <summary>Its successor was handed out already and is handed out again.</summary>
    SameAgain,

    /// <summary>Somebody else holds a copy: the session ends.</summary>
    Replay,
}

using AuthCluster.Client.Server;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCluster.Client.Checks;

/// <summary>
/// Decides on a token. As long as all revocations are known it asks nobody; otherwise it asks the server; and where that cannot be asked, nobody knows.
/// </summary>
internal sealed partial class TokenJudge(
    TokenVerifier verifier,
    KnownRevocations revocations,
    ServerCalls server,
    ClientMetrics metrics,
    IOptionsMonitor<AuthClusterBearerOptions> options,
    TimeProvider time,
    ILogger<TokenJudge> logger)
{
    private readonly AuthClusterBearerOptions _options = options.Get(AuthClusterBearerDefaults.AuthenticationScheme);
    private int _hasToldOfAsking;
    private int _hasToldOfLongLife;

    public ValueTask<Judgement> JudgeAsync(string token)
    {
        return verifier.Find(token) is { } known ? JudgeAsync(token, known) : new ValueTask<Judgement>(VerifyAndJudgeAsync(token));
    }

    private async Task<Judgement> VerifyAndJudgeAsync(string token)
    {
        var (reading, verified) = await verifier.VerifyAsync(token);
        switch (reading)
        {
            case Reading.Verified:
                return await JudgeAsync(token, verified!);
            case Reading.ForServer:
                if (Interlocked.Exchange(ref _hasToldOfAsking, 1) == 0)
                    LogAsking();
                return await AskAsync(token, verified: null);
            case Reading.KeysUnknown:
                return await AskAsync(token, verified: null);
            default:
                return Count(Judgement.Refused, "signature");
        }
    }

    private ValueTask<Judgement> JudgeAsync(string token, VerifiedToken verified)
    {
        var now = time.GetUtcNow();
        if (now > verified.Expires + _options.ClockSkew || now < verified.Issued - _options.ClockSkew)
            return new ValueTask<Judgement>(Count(Judgement.Refused, "time"));
        // Before what was revoked is looked at: nothing that is complete up to then is missed.
        var isFresh = revocations.Staleness <= _options.MaxStaleness;
        if (revocations.Contains(verified.Secret) || revocations.Contains(verified.Session) || revocations.Contains(verified.KeyId))
            return new ValueTask<Judgement>(Count(Judgement.Refused, "revoked"));
        // After it: where revocations were forgotten meanwhile, this is a later epoch.
        if (isFresh && revocations.Epoch is { } epoch && IsCovered(verified, epoch))
            return new ValueTask<Judgement>(Count(Judgement.Accepted(verified.Claims), "memory"));
        return new ValueTask<Judgement>(AskAsync(token, verified));
    }

    /// <summary>Whether a revocation of this token would be known here.</summary>
    private bool IsCovered(VerifiedToken token, FeedEpoch epoch)
    {
        if (token.Expires - token.Issued > _options.LongestTokenLifetime)
        {
            if (Interlocked.Exchange(ref _hasToldOfLongLife, 1) == 0)
                LogLongLife(token.Expires - token.Issued, _options.LongestTokenLifetime);
            return false;
        }

        return token.Issued > epoch.Since + _options.ClockSkew || token.IsVettedIn(epoch);
    }

    private async Task<Judgement> AskAsync(string token, VerifiedToken? verified)
    {
        // Before the question: of what is revoked after the answer this epoch tells.
        var epoch = revocations.Epoch;
        var answer = await server.IntrospectAsync(token);
        if (answer is null)
        {
            return verified is not null && _options.WhenUnknown == WhenUnknown.AcceptBySignature
                ? Count(Judgement.Accepted(verified.Claims), "signature")
                : Count(Judgement.Unknown, "introspection");
        }

        if (!answer.IsActive)
            return Count(Judgement.Refused, "introspection");
        if (epoch is not null)
            verified?.Vet(epoch);
        return Count(Judgement.Accepted(verified?.Claims ?? answer.Claims), "introspection");
    }

    private Judgement Count(Judgement judgement, string source)
    {
        metrics.Judged(judgement.Verdict, source);
        return judgement;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Tokens of the server are encrypted or signed with HS256, so that only the server can read them: it is asked about each")]
    private partial void LogAsking();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Tokens of the server live for {Lifetime}, longer than LongestTokenLifetime ({Longest}), for which revocations are remembered: the server is asked about each")]
    private partial void LogLongLife(TimeSpan lifetime, TimeSpan longest);
}

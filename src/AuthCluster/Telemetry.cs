using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AuthCluster.Accounts;
using AuthCluster.Tokens;

namespace AuthCluster;

/// <summary>
/// What is measured and traced, by the names of OpenTelemetry's semantic conventions. No measurement and no span says who: neither accounts nor
/// addresses nor tokens. Where nobody listens, each costs a comparison.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "AuthCluster";

    private const string Outcome = "authcluster.outcome";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Counter<long> Logins =
        Meter.CreateCounter<long>("authcluster.logins", "{login}", "Logins by how they ended.");

    private static readonly Counter<long> Revocations =
        Meter.CreateCounter<long>("authcluster.revocations", "{revocation}", "Revocations by what they ended and why.");

    private static readonly Histogram<double> Validations =
        Durations("authcluster.token.validation.duration", "Token checks by how they ended.", 1e-7, 2e-7, 5e-7, 1e-6, 2e-6, 5e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1);

    private static readonly Histogram<double> Commits =
        Durations("authcluster.commit.duration", "Saves of accounts by how they ended.", 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.5, 1, 5);

    private static readonly Histogram<double> Hashes =
        Durations("authcluster.password.hash.duration", "Computed password hashes.", 1e-3, 5e-3, 1e-2, 2e-2, 3e-2, 5e-2, 0.1, 0.2, 0.5, 1);

    private static long _accounts;
    private static long _sessions;
    private static long _hashesUnderWay;

    static Telemetry()
    {
        Meter.CreateObservableUpDownCounter("authcluster.accounts.resident", () => Interlocked.Read(ref _accounts), "{account}", "Accounts in memory.");
        Meter.CreateObservableUpDownCounter("authcluster.sessions.resident", () => Interlocked.Read(ref _sessions), "{session}", "Sessions of accounts in memory.");
        Meter.CreateObservableUpDownCounter(
            "authcluster.password.hash.queue", () => Interlocked.Read(ref _hashesUnderWay), "{hash}", "Password hashes that run or wait.");
    }

    /// <param name="outcome">In lower case, its words joined by underscores.</param>
    public static void CountLogin(string outcome) => Logins.Add(1, new KeyValuePair<string, object?>(Outcome, outcome));

    internal static void Count(ImmutableArray<Revocation> revocations)
    {
        foreach (var revocation in revocations)
        {
            Revocations.Add(
                1,
                new KeyValuePair<string, object?>("authcluster.scope", NameOf(revocation.Scope)),
                new KeyValuePair<string, object?>("authcluster.cause", revocation.Cause));
        }
    }

    /// <summary>An account in memory is another one from now on; <c>null</c> is none.</summary>
    public static void CountResident(AccountState? before, AccountState? after)
    {
        if ((after is null) != (before is null))
            Interlocked.Add(ref _accounts, after is null ? -1 : 1);
        var sessions = (after?.Sessions.Length ?? 0) - (before?.Sessions.Length ?? 0);
        if (sessions != 0)
            Interlocked.Add(ref _sessions, sessions);
    }

    /// <summary>One hash more, or less, runs or waits.</summary>
    internal static void CountHashesUnderWay(int change) => Interlocked.Add(ref _hashesUnderWay, change);

    internal static void RecordHash(TimeSpan duration) => Hashes.Record(duration.TotalSeconds);

    /// <summary>When a token check began; 0 where nobody measures.</summary>
    internal static long BeginValidation() => Validations.Enabled ? Stopwatch.GetTimestamp() : 0;

    internal static ValueTask<TokenVerdict> Measure(ValueTask<TokenVerdict> judging, long begun)
    {
        if (begun == 0)
            return judging;
        if (!judging.IsCompletedSuccessfully)
            return AwaitAsync(judging, begun);
        RecordValidation(begun, NameOf(judging.Result));
        return judging;

        static async ValueTask<TokenVerdict> AwaitAsync(ValueTask<TokenVerdict> judging, long begun)
        {
            var outcome = "unavailable";
            try
            {
                var verdict = await judging;
                outcome = NameOf(verdict);
                return verdict;
            }
            finally
            {
                RecordValidation(begun, outcome);
            }
        }
    }

    internal static Activity? BeginAct(Type act) => Source.HasListeners() ? Source.StartActivity($"act {act.Name}") : null;

    internal static async Task<SaveResult> MeasureCommitAsync(Func<Task<SaveResult>> commit)
    {
        using var activity = Source.StartActivity("commit");
        var begun = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var result = await commit();
            outcome = NameOf(result);
            return result;
        }
        finally
        {
            Commits.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>(Outcome, outcome));
            activity?.SetTag(Outcome, outcome);
        }
    }

    private static void RecordValidation(long begun, string outcome) =>
        Validations.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>(Outcome, outcome));

    private static Histogram<double> Durations(string name, string description, params double[] boundaries) => Meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });

    private static string NameOf(TokenVerdict verdict) => verdict.Token is null ? "refused" : "accepted";

    private static string NameOf(RevocationScope scope) => scope switch
    {
        RevocationScope.Session => "session",
        RevocationScope.Access => "access",
        RevocationScope.Refresh => "refresh",
        RevocationScope.User => "user",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, message: null),
    };

    private static string NameOf(SaveResult result) => result switch
    {
        SaveResult.Saved => "saved",
        SaveResult.VersionConflict => "conflict",
        SaveResult.EmailTaken or SaveResult.UsernameTaken or SaveResult.LastAdministrator => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, message: null),
    };
}

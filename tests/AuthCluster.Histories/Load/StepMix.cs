using AuthCluster.Contract.Catalogue;
using AuthCluster.Histories.Recording;

namespace AuthCluster.Histories.Load;

/// <summary>What a client does next.</summary>
internal enum Step
{
    Validate,
    Revoke,
    Refresh,
    Login,
    ListDevices,

    /// <summary>Exchanges a refresh token of the past.</summary>
    Replay,
}

/// <summary>How often each step is taken, and what has been done of what was asked for.</summary>
internal sealed class StepMix(int validations, int revocations)
{
    private static readonly (OperationKind Kind, int Weight)[] Revocations = [.. OperationKind.Revocations.Select(kind => (kind, WeightOf(kind)))];

    private readonly (Step Step, int Weight)[] _steps =
    [
        (Step.Validate, Math.Max(1, validations)),
        (Step.Revoke, Math.Max(1, revocations)),
        (Step.Refresh, Math.Max(1, revocations / 2)),
        (Step.Login, Math.Max(1, revocations / 2)),
        (Step.ListDevices, Math.Max(1, revocations / 4)),
        (Step.Replay, Math.Max(1, revocations / 40)),
    ];

    private int _validated;
    private int _revoked;

    public int Validated => Volatile.Read(ref _validated);

    /// <summary>Acknowledged revocations.</summary>
    public int RevocationCount => Volatile.Read(ref _revoked);

    public bool IsDone => Validated >= validations && RevocationCount >= revocations;

    public Step NextStep(Random random) => Pick(random, _steps);

    public static OperationKind NextRevocation(Random random) => Pick(random, Revocations);

    public void CountValidation() => Interlocked.Increment(ref _validated);

    public void CountRevocation() => Interlocked.Increment(ref _revoked);

    // The less an act ends, the more often it can be done before all have to log in again.
    private static int WeightOf(OperationKind kind) => kind.Revokes switch
    {
        Revoked.CallersSession => 22,
        Revoked.NamedSession => 8,
        Revoked.RefreshTokens => 5,
        _ => 8,
    };

    private static T Pick<T>(Random random, (T Value, int Weight)[] choices)
    {
        var draw = random.NextInt64(choices.Sum(choice => (long)choice.Weight));
        foreach (var (value, weight) in choices)
        {
            draw -= weight;
            if (draw < 0)
                return value;
        }

        return choices[^1].Value;
    }
}

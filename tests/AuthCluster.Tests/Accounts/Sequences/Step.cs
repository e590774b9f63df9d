using FsCheck;
using FsCheck.Fluent;

namespace AuthCluster.Tests.Accounts.Sequences;

/// <summary>One generated step.</summary>
/// <param name="Token">Which of the tokens issued so far is presented, counted from the newest.</param>
/// <param name="Other">What else there is to choose: another token, a length of time, a role.</param>
internal readonly record struct Step(StepKind Kind, int Token, int Other)
{
    public static Arbitrary<Step[]> Sequences(int length)
    {
        var kinds = Gen.Frequency(Enum.GetValues<StepKind>().Select(kind => (Weight(kind), Gen.Constant(kind))));
        var tokens = Gen.Frequency((3, Gen.Choose(0, 4)), (1, Gen.Choose(0, 1000)));
        var steps = kinds.SelectMany(_ => tokens, (kind, token) => (kind, token))
            .SelectMany(_ => Gen.Choose(0, 50), (chosen, other) => new Step(chosen.kind, chosen.token, other));
        return Arb.From(steps.ArrayOf(length), Shorter);
    }

    private static int Weight(StepKind kind) => kind switch
    {
        StepKind.Refresh or StepKind.Wait => 10,
        StepKind.Login => 6,
        StepKind.PresentAccess => 5,
        StepKind.Delete or StepKind.Deactivate or StepKind.LogoutAll or StepKind.RevokeAll => 1,
        _ => 2,
    };

    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= steps.Length; at += size)
                yield return [.. steps[..at], .. steps[(at + size)..]];
        }
    }
}

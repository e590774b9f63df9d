using AuthCluster.Accounts;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace AuthCluster.Tests.Accounts.Sequences;

public sealed class SequenceTests
{
    private const int Runs = 300;
    private const int Length = 60;

    /// <summary>Another one, from the environment, looks at other sequences; a failure names it.</summary>
    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("AUTHCLUSTER_SEED"), out var seed) ? seed : 20260101;

    [Theory]
    [InlineData(AtSessionLimit.EvictLeastRecentlyUsed)]
    [InlineData(AtSessionLimit.EvictOldest)]
    [InlineData(AtSessionLimit.EvictAll)]
    [InlineData(AtSessionLimit.Reject)]
    public void Whatever_happens_exactly_the_right_tokens_are_good(AtSessionLimit policy)
    {
        var replay = new Replay(new Rnd(Seed, 1), FSharpOption<int>.None);
        var config = Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(FSharpOption<Replay>.Some(replay));
        Prop.ForAll(Step.Sequences(Length), steps => { Play(steps, policy); }).Check(config);
    }

    [Fact]
    public void The_same_seed_gives_the_same_sequence()
    {
        var (once, again) = (PlayGenerated(), PlayGenerated());
        Assert.NotEmpty(once.Log);
        Assert.Equal(once.Log, again.Log);
    }

    private static Scenario PlayGenerated() =>
        Play(Step.Sequences(Length).Generator.Sample(1, new Rnd(Seed, 1), Length)[0], AtSessionLimit.EvictOldest);

    private static Scenario Play(Step[] steps, AtSessionLimit policy)
    {
        var comparison = new ModelComparison(new AccountRules
        {
            SessionLimit = 3,
            AtSessionLimit = policy,
            ActivityKept = 5,
            SessionMaxAge = TimeSpan.FromDays(45),
            AttemptsBeforeBackOff = 1000,
        });
        comparison.Do(new Step(StepKind.Register, 0, 0));
        foreach (var step in steps)
            comparison.Do(step);
        return comparison.Scenario;
    }
}

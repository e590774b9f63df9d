using System.Reflection;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.OrleansHost.Wire;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.TypeSystem;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Wire;

/// <summary>What goes between nodes arrives as it was sent, member by member. A new act, result or member without a wire form fails here.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSerializer(serializer => serializer.AddAssembly(typeof(ClusterServer).Assembly))
        .Configure<TypeManifestOptions>(WireNames.Configure)
        .BuildServiceProvider();

    public static TheoryData<Type> Acts => [.. ActTypes];

    public static TheoryData<Type> Results => [.. ActTypes.Select(ResultOf).Distinct()];

    public static TheoryData<Type> Values =>
    [
        .. WireNames.Types.Values.Where(type => !type.IsAbstract && !type.IsInterface && !type.IsGenericTypeDefinition && !ActTypes.Contains(type)),
    ];

    private static IReadOnlyList<Type> ActTypes { get; } =
    [
        .. typeof(Act<>).Assembly.GetTypes().Where(type => !type.IsAbstract && !type.IsGenericTypeDefinition && IsAct(type)),
        typeof(InSession<Done>),
        typeof(InSession<AccountView>),
        typeof(ByAdministrator<Done>),
        typeof(ByAdministrator<AccountView>),
    ];

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(Acts))]
    public void An_act_arrives_as_it_was_sent(Type act)
    {
        var sent = new Samples().Of(act);

        // As an argument of type Act<TResult>, as the grain takes it.
        AssertRoundTrips(typeof(Act<>).MakeGenericType(ResultOf(act)), sent);
    }

    [Theory]
    [MemberData(nameof(Results))]
    public void An_outcome_arrives_as_it_was_sent(Type result)
    {
        var outcome = typeof(Outcome<>).MakeGenericType(result);
        var restore = outcome.GetMethod(nameof(Outcome<>.Restore))!;

        AssertRoundTrips(outcome, restore.Invoke(null, [new Samples().Of(result), null, TimeSpan.Zero])!);
        AssertRoundTrips(outcome, restore.Invoke(null, [null, Refusal.TooManyAttempts, TimeSpan.FromSeconds(7)])!);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_arrives_as_it_was_sent(Type value)
    {
        if (value == typeof(StateUnavailableException))
            Assert.Equal("gone", RoundTrip(value, new StateUnavailableException("gone")) is StateUnavailableException same ? same.Message : null);
        else
            AssertRoundTrips(value, new Samples().Of(value));
    }

    [Fact]
    public void Every_act_and_result_has_a_name_of_its_own_on_the_wire()
    {
        var types = ActTypes.Concat(ActTypes.Select(ResultOf)).Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type);

        Assert.Empty(types.Where(type => type.Namespace!.StartsWith("AuthCluster", StringComparison.Ordinal)).Except(WireNames.Types.Values));
        var converter = _services.GetRequiredService<TypeConverter>();
        Assert.Equal("authcluster.act.register", converter.Format(typeof(Register)));
        Assert.Equal("authcluster.outcome`1[[authcluster.grant]]", converter.Format(typeof(Outcome<Grant>)));
    }

    [Fact]
    public void The_numbers_of_refusals_are_those_that_nodes_of_earlier_versions_know() => Assert.Equal(
        [
            "NoSuchAccount", "TokenNotValid", "InvalidCredentials", "WrongCurrentPassword", "TooManyAttempts", "CaptchaRequired", "CaptchaFailed",
            "Overloaded", "EmailNotVerified", "EmailTaken", "SessionLimit", "NoSuchSession", "LastAdministrator", "ProfileNotAllowed",
        ],
        Enum.GetValues<Refusal>().Order().Select(refusal => refusal.ToString()).Take(14));

    private static bool IsAct(Type type) => type.BaseType is { } parent && (IsActItself(parent) || IsAct(parent));

    private static bool IsActItself(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Act<>);

    private static Type ResultOf(Type act) => IsActItself(act) ? act.GenericTypeArguments[0] : ResultOf(act.BaseType!);

    private void AssertRoundTrips(Type declared, object sent) => Assert.Null(Samples.Difference(sent, RoundTrip(declared, sent)));

    private object? RoundTrip(Type declared, object sent) =>
        typeof(WireTests).GetMethod(nameof(RoundTripAs), BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(declared).Invoke(this, [sent]);

    private T RoundTripAs<T>(T sent)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(sent))!;
    }
}

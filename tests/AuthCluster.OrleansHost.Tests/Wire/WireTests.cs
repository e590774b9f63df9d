using System.Reflection;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;
using AuthCluster.Contract;
using AuthCluster.Leases;
using AuthCluster.OrleansHost.Wire;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.TypeSystem;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Wire;

/// <summary>What goes between nodes arrives as it was sent, member by member. A new act, result or member without a wire form fails here.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSerializer(serializer => serializer.AddAssembly(typeof(ClusterServer).Assembly))
        .AddWire()
        .BuildServiceProvider();

    public static TheoryData<Type> Acts => [.. ActTypes];

    public static TheoryData<Type> Results => [.. ActTypes.Select(ResultOf).Distinct()];

    public static TheoryData<Type> Values => [.. ValueTypes];

    private static Type[] ValueTypes { get; } =
    [
        typeof(StateUnavailableException), typeof(SessionProof), typeof(Attempt), typeof(SettledAttempt), typeof(PasswordCredential), typeof(Granted),
        typeof(Grant), typeof(AccountView), typeof(Accounts.Session), typeof(RefreshRotation), typeof(Standing), typeof(SessionStanding), typeof(ActivityEntry),
        typeof(Actor), typeof(LoggedActivity), typeof(ActivityQuery), typeof(StoredKeyRing), typeof(StoredKey), typeof(LeaseTerms), typeof(Owner),
        typeof(RevocationNotice),
    ];

    private static IReadOnlyList<Type> ActTypes { get; } =
    [
        .. typeof(Act<>).Assembly.GetTypes().Where(type => !type.IsAbstract && !type.IsGenericTypeDefinition && IsAct(type)),
        typeof(InSession<Done>),
        typeof(InSession<AccountView>),
        typeof(ByLegacyToken<AccountView>),
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
    public void Types_are_called_by_their_names()
    {
        var converter = _services.GetRequiredService<TypeConverter>();

        Assert.Equal("authcluster.register", converter.Format(typeof(Register)));
        Assert.Equal("authcluster.outcome`1[[authcluster.grant]]", converter.Format(typeof(Outcome<Grant>)));
    }

    /// <summary>
    /// Nodes of two versions run side by side, and records outlive both. A line that changes or goes breaks them: give the renamed member its old
    /// name by JsonPropertyName. A new act or member is added to the file.
    /// </summary>
    [Fact]
    public async Task Names_of_types_and_members_stay()
    {
        var pinned = await File.ReadAllLinesAsync(
            Path.Combine(ReadmeWalk.RepositoryRoot, "tests", "AuthCluster.OrleansHost.Tests", "Wire", "wire.txt"));

        Assert.Equal(pinned, WireForms.Lines(ActTypes.Concat(ActTypes.Select(ResultOf)).Concat(ValueTypes.Where(type => !type.IsAssignableTo(typeof(Exception))))));
    }

    [Fact]
    public void What_an_older_node_does_not_send_has_its_default_and_what_a_newer_one_adds_is_read_over()
    {
        var sent = """{"session_id":"0198b5d2-6f5e-7000-8000-000000000001","of_a_later_version":{"x":[1]}}""";

        var read = JsonSerializer.Deserialize<SessionProof>(sent, WireJson.Options);

        Assert.Equal(new SessionProof(Guid.Parse("0198b5d2-6f5e-7000-8000-000000000001"), Guid.Empty), read);
    }

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

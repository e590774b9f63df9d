using System.Collections;
using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AuthCluster.Accounts;
using AuthCluster.Accounts.Acts;

namespace AuthCluster.OrleansHost.Tests.Wire;

/// <summary>Values of any type that goes over the wire, made so that no member has its default, and compared member by member.</summary>
internal sealed class Samples
{
    private int _count;

    public object Of(Type type)
    {
        _count++;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (Simple(type) is { } simple)
            return simple;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return ArrayOf(type.GenericTypeArguments[0]);
        return type.IsAbstract ? Of(ConcreteOf(type)) : ObjectOf(type);
    }

    /// <summary>The path of the first member that differs; <c>null</c> where none does.</summary>
    public static string? Difference(object? a, object? b, string path = "")
    {
        if (a is null || b is null || a.GetType() != b.GetType())
            return Equals(a, b) ? null : path;
        if (a is JsonObject or IPAddress or string || a.GetType().IsPrimitive || a.GetType().Namespace == "System")
            return a.ToString() == b.ToString() ? null : path;
        if (a.Equals(b))
            return null;
        if (a is IEnumerable items)
            return Difference(items.Cast<object?>().ToList(), ((IEnumerable)b).Cast<object?>().ToList(), path);
        return MembersOf(a.GetType())
            .Select(member => Difference(member.GetValue(a), member.GetValue(b), $"{path}.{member.Name}"))
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? Difference(List<object?> a, List<object?> b, string path) => a.Count != b.Count
        ? $"{path}.Count"
        : a.Zip(b).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(difference => difference is not null);

    private static IEnumerable<PropertyInfo> MembersOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.GetIndexParameters().Length == 0
            && !member.IsDefined(typeof(JsonIgnoreAttribute)));

    private static Type ConcreteOf(Type act) => act == typeof(Act<Done>)
        ? typeof(EndSessionByAdministrator)
        : typeof(Act<>).Assembly.GetTypes().First(type => !type.IsAbstract && !type.IsGenericType && type.IsSubclassOf(act));

    private object? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => $"text {_count}",
        _ when type == typeof(int) => _count,
        _ when type == typeof(long) => (long)_count << 40,
        _ when type == typeof(byte) => (byte)_count,
        _ when type == typeof(bool) => true,
        _ when type == typeof(Guid) => Guid.NewGuid(),
        _ when type == typeof(TimeSpan) => TimeSpan.FromMilliseconds(_count),
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddMilliseconds(1_700_000_000_000 + _count),
        _ when type == typeof(IPAddress) => IPAddress.Parse($"2001:db8::{_count}"),
        _ when type == typeof(JsonObject) => new JsonObject { ["number"] = _count, ["nothing"] = null, ["list"] = new JsonArray(1, "ü") },
        _ when type == typeof(Profile) => Profile.Empty.With(new JsonObject { ["nickname"] = $"Zoë {_count}" }),
        _ when type == typeof(Done) => default(Done),
        _ => null,
    };

    private object ArrayOf(Type element)
    {
        var items = Array.CreateInstance(element, 2);
        items.SetValue(Of(element), 0);
        items.SetValue(Of(element), 1);
        return typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element).Invoke(null, [items])!;
    }

    private object ObjectOf(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var member in MembersOf(type).Where(member => member.SetMethod is { IsPublic: true }))
            member.SetValue(made, Of(member.PropertyType));
        return made;
    }
}

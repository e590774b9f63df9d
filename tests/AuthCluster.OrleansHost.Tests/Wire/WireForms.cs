using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AuthCluster.OrleansHost.Wire;

namespace AuthCluster.OrleansHost.Tests.Wire;

/// <summary>What travels, in words: a line for each type of the rules that can be reached, with the names and types of its members.</summary>
internal static class WireForms
{
    public static IEnumerable<string> Lines(IEnumerable<Type> roots)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var root in roots)
            Add(root, lines);
        return lines.Select(line => $"{line.Key}: {line.Value}");
    }

    private static void Add(Type type, SortedDictionary<string, string> lines)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            Add(underlying, lines);
            return;
        }

        if (type.IsGenericType)
        {
            foreach (var argument in type.GenericTypeArguments)
                Add(argument, lines);
        }

        if (type.Assembly != typeof(IAccount).Assembly || lines.ContainsKey(NameOf(type)))
            return;
        if (type.IsEnum)
        {
            lines.Add(NameOf(type), string.Join(' ', Enum.GetNames(type)));
            return;
        }

        var info = WireJson.Options.GetTypeInfo(type);
        List<JsonPropertyInfo> members =
            [.. info.Properties.Where(member => member.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: false) is not true)];
        lines[NameOf(type)] = info.Kind == JsonTypeInfoKind.Object
            ? string.Join(", ", members.Select(member => $"{member.Name} {NameOf(member.PropertyType)}"))
            : "written by a converter";
        foreach (var member in members)
            Add(member.PropertyType, lines);
        foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? [])
            Add(derived.DerivedType, lines);
    }

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return NameOf(underlying) + "?";
        return type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(",", type.GenericTypeArguments.Select(NameOf))}>"
            : type.Name;
    }
}

using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using AuthCluster.Accounts;
using AuthCluster.Leases;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;

namespace AuthCluster.OrleansHost.Wire;

/// <summary>
/// What the types of the rules are called between nodes and in stored records: their own name, in kebab case. A class that is renamed or moved
/// while nodes of two versions run side by side keeps its name here.
/// </summary>
internal static class WireNames
{
    private static readonly FrozenDictionary<string, Type> Types = Named().ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Names = Types.ToFrozenDictionary(named => named.Value, named => named.Key);

    public static IEnumerable<KeyValuePair<string, Type>> All => Types;

    public static Type TypeOf(string name) => Types.TryGetValue(name, out var type) ? type : throw new JsonException($"{name} is not known to this version.");

    public static string Of(Type type) => Names[type.IsGenericType ? type.GetGenericTypeDefinition() : type];

    /// <summary>Lets the types of the rules travel, under these names.</summary>
    public static IServiceCollection AddWire(this IServiceCollection services)
    {
        services.Configure<TypeManifestOptions>(options =>
        {
            options.WellKnownTypeAliases["authcluster.codec"] = typeof(WireCodec);
            foreach (var (name, type) in Types)
                options.WellKnownTypeAliases[name] = type;
        });
        services.TryAddSingleton<WireCodec>();
        services.AddSingleton<IGeneralizedCodec>(provider => provider.GetRequiredService<WireCodec>());
        services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<WireCodec>());
        services.AddSingleton<ITypeFilter>(provider => provider.GetRequiredService<WireCodec>());
        return services;
    }

    /// <remarks>Names of generic types end in the number of their arguments, as Orleans' parser of type names expects.</remarks>
    private static IEnumerable<KeyValuePair<string, Type>> Named()
    {
        Type[] travelling =
        [
            .. typeof(IAccount).Assembly.GetTypes().Where(type => !type.IsNested && (type.IsPublic || IsAct(type)) && !(type.IsAbstract && type.IsSealed)),
            typeof(LeaseTerms), typeof(LeasedAnswer<>), typeof(Owner),
        ];
        foreach (var type in travelling)
        {
            var parts = type.Name.Split('`');
            var name = $"authcluster.{JsonNamingPolicy.KebabCaseLower.ConvertName(parts[0])}";
            yield return new(parts.Length == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}`{parts[1]}"), type);
        }
    }

    private static bool IsAct(Type type) =>
        type.BaseType is { } parent && ((parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(Act<>)) || IsAct(parent));
}

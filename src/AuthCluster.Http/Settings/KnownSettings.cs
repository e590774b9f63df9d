using System.Collections;
using System.Reflection;
using AuthCluster.Options;
using Microsoft.Extensions.Configuration;

namespace AuthCluster.Http.Settings;

/// <summary>The keys that the options classes have; any other is most often a typo.</summary>
internal static class KnownSettings
{
    /// <summary>The keys that every host has, whole; <c>N</c> stands for a place in a list.</summary>
    public static readonly IReadOnlyList<string> Keys = [.. KeysOf(typeof(AuthClusterOptions), Root)];

    private const string Root = "AuthCluster";

    /// <summary>Sections of one host. Another that finds them in settings they share leaves them alone.</summary>
    private static readonly HashSet<string> SectionsOfHosts = new(["Cluster"], StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<PropertyInfo> Of(Type section) => section.GetProperties().Where(property => property.CanWrite);

    public static bool IsSection(Type type) => type.IsClass && type != typeof(string);

    public static bool IsIndex(string segment) => segment.Length > 0 && segment.All(char.IsAsciiDigit);

    /// <param name="own">The sections that this host has besides those of all.</param>
    public static IEnumerable<string> WarnOfOthers(IConfigurationSection root, (string Name, ICheckedSection Section)[] own)
    {
        List<string> keys = [.. Keys, .. own.SelectMany(section => KeysOf(section.Section.GetType(), $"{Root}:{section.Name}"))];
        var known = new HashSet<string>(keys, StringComparer.OrdinalIgnoreCase);
        var foreign = SectionsOfHosts.Except(own.Select(section => section.Name), StringComparer.OrdinalIgnoreCase).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
            from setting in root.AsEnumerable()
            where setting.Value is not null
            let segments = setting.Key.Split(ConfigurationPath.KeyDelimiter)
            where segments.Length == 1 || !foreign.Contains(segments[1])
            let key = string.Join(ConfigurationPath.KeyDelimiter, segments.Select(segment => IsIndex(segment) ? "N" : segment))
            where !known.Contains(key)
            orderby setting.Key
            select $"{setting.Key}: is not a setting and changes nothing; the nearest is {keys.MinBy(name => EditDistance(name, key))}.";
    }

    private static IEnumerable<string> KeysOf(Type section, string path) => Of(section).SelectMany(property =>
    {
        var (key, type) = ($"{path}:{property.Name}", property.PropertyType);
        if (!IsSection(type))
            return [key];
        if (!type.IsAssignableTo(typeof(IList)))
            return KeysOf(type, key);
        var element = type.GenericTypeArguments[0];
        return IsSection(element) ? [key, .. KeysOf(element, $"{key}:N")] : (IEnumerable<string>)[key, $"{key}:N"];
    });

    /// <summary>Levenshtein: how many letters to add, leave out or replace, whatever their case.</summary>
    private static int EditDistance(string a, string b)
    {
        var distances = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var diagonal = distances[0];
            distances[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i]) == char.ToUpperInvariant(b[j]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = distances[j + 1];
                distances[j + 1] = Math.Min(replaced, Math.Min(diagonal, distances[j]) + 1);
            }
        }

        return distances[b.Length];
    }
}

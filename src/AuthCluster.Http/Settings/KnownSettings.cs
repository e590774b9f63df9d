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

    /// <summary>Settings of the framework that operators give on a command line.</summary>
    private static readonly string[] FrameworkKeys =
        ["urls", "http_ports", "https_ports", "environment", "contentRoot", "shutdownTimeoutSeconds", "hostBuilder:reloadConfigOnChange"];

    /// <summary>Sections of the framework, each with keys that only it knows.</summary>
    private static readonly string[] FrameworkSections = ["Logging:", "Kestrel:", "Orleans:"];

    /// <summary>Sections of one host. Another that finds them in settings they share leaves them alone.</summary>
    private static readonly HashSet<string> SectionsOfHosts = new(["Cluster"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What a mistyped option may have been meant to be.</summary>
    public static IEnumerable<string> CommandLineKeys => [.. FrameworkKeys, .. Keys];

    /// <summary>An unknown key under <c>AuthCluster</c> may: it is warned of at the start, with the nearest name.</summary>
    public static bool MayStandOnCommandLine(string key) =>
        FrameworkKeys.Contains(key, StringComparer.OrdinalIgnoreCase)
        || FrameworkSections.Append($"{Root}:").Any(section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase));

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
            select $"{setting.Key}: is not a setting and changes nothing; the nearest is {keys.MinBy(name => EditDistance.Between(name, key))}.";
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
}

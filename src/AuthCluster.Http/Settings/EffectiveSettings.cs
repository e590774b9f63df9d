using System.Collections;
using System.Globalization;

namespace AuthCluster.Http.Settings;

/// <summary>The settings as they are, defaults included, a line each.</summary>
internal static class EffectiveSettings
{
    /// <summary>Ends of the names of settings whose values nobody may read.</summary>
    private static readonly string[] Secrets = ["Secret", "SecretHash", "Password", "Master", "SigningKey", "EncryptionKey", "ConnectionString", ":Key"];

    public static IEnumerable<string> Of(object section, string path) => KnownSettings.Of(section.GetType()).SelectMany(property =>
    {
        var (key, value) = ($"{path}:{property.Name}", property.GetValue(section));
        return value switch
        {
            IList list => OfList(list, key),
            not null when KnownSettings.IsSection(property.PropertyType) => Of(value, key),
            _ => [Line(key, value)],
        };
    });

    private static IEnumerable<string> OfList(IList list, string key) => list.Count == 0
        ? [$"{key} = []"]
        : list.Cast<object>().SelectMany((item, place) => KnownSettings.IsSection(item.GetType()) ? Of(item, $"{key}:{place}") : [Line($"{key}:{place}", item)]);

    private static string Line(string key, object? value)
    {
        var text = value is null ? "(none)" : Convert.ToString(value, CultureInfo.InvariantCulture);
        return $"{key} = {(value is not null && Array.Exists(Secrets, end => key.EndsWith(end, StringComparison.Ordinal)) ? "(given, not shown)" : text)}";
    }
}

using System.Buffers;

namespace AuthCluster.Clients;

/// <summary>Browser and system family of a user agent: "Chrome on Windows". Versions are left out, so that an update changes nothing.</summary>
public static class DeviceFamily
{
    public const string Unknown = "Unknown device";

    /// <summary>With the longest system name still within the 64 characters of a family.</summary>
    private const int MaxProduct = 40;

    private static readonly SearchValues<char> ProductCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    /// <summary>
    /// Every browser on every system; the last row and column stand for one that is not known. Made once, because each check of a token
    /// may ask for one.
    /// </summary>
    private static readonly string[,] Names = AllNames();

    /// <returns>At most 64 printable ASCII characters.</returns>
    public static string Of(string? userAgent)
    {
        var text = userAgent.AsSpan(0, Math.Min(userAgent?.Length ?? 0, ClientFacts.UserAgentLimit));
        var system = FirstIn(text, KnownClients.Systems);
        var product = Product(text);
        if (product is "Mozilla")
            return Names[FirstIn(text, KnownClients.Browsers), system];
        if (product.IsEmpty)
            return Unknown;
        return system < KnownClients.Systems.Length ? $"{product} on {KnownClients.Systems[system].Name}" : product.ToString();
    }

    /// <summary>The first product token (RFC 9110 section 10.1.5). Every browser says Mozilla; other programs name themselves.</summary>
    private static ReadOnlySpan<char> Product(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny("/ (;,");
        var product = end < 0 ? text : text[..end];
        if (product.Length > MaxProduct || product.ContainsAnyExcept(ProductCharacters))
            return [];
        // Some write their version into the name: "MyApp-1.2".
        return product.TrimEnd("0123456789.-_");
    }

    /// <summary>The place of the first family that leaves a mark; the length of the list where none does.</summary>
    private static int FirstIn(ReadOnlySpan<char> text, KnownClient[] families)
    {
        for (var place = 0; place < families.Length; place++)
        {
            foreach (var mark in families[place].Marks)
            {
                if (text.Contains(mark, StringComparison.Ordinal))
                    return place;
            }
        }

        return families.Length;
    }

    private static string[,] AllNames()
    {
        string[] browsers = [.. KnownClients.Browsers.Select(browser => browser.Name), "Browser"];
        string?[] systems = [.. KnownClients.Systems.Select(system => system.Name), null];
        var names = new string[browsers.Length, systems.Length];
        for (var browser = 0; browser < browsers.Length; browser++)
        {
            for (var system = 0; system < systems.Length; system++)
                names[browser, system] = systems[system] is { } name ? $"{browsers[browser]} on {name}" : browsers[browser];
        }

        names[browsers.Length - 1, systems.Length - 1] = Unknown;
        return names;
    }
}

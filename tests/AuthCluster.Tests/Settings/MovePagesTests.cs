using System.Text.RegularExpressions;
using AuthCluster.Http.Settings;
using Xunit;

namespace AuthCluster.Tests.Settings;

/// <summary>The pages on moving from other systems name settings that there are.</summary>
public sealed partial class MovePagesTests
{
    [Theory]
    [InlineData("coming-from-django.md", 12)]
    [InlineData("coming-from-aspnet-identity.md", 12)]
    [InlineData("coming-from-keycloak.md", 8)]
    public void Every_setting_that_a_page_names_exists(string page, int least)
    {
        var sections = KnownSettings.Keys.Select(key => key.Split(':')[1]).ToHashSet(StringComparer.Ordinal);

        var named = SettingName().Matches(File.ReadAllText(Path.Combine(DocsDirectory(), page))).Select(match => match.Groups["key"].Value)
            .Where(name => sections.Contains(name.Split(':')[0])).Select(name => $"AuthCluster:{name.Replace(":0:", ":N:", StringComparison.Ordinal)}").ToHashSet(StringComparer.Ordinal);

        Assert.Empty(named.Except(KnownSettings.Keys));
        Assert.InRange(named.Count, least, int.MaxValue);
    }

    private static string DocsDirectory()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "AuthCluster.sln")))
            root = root.Parent!;
        return Path.Combine(root.FullName, "docs");
    }

    [GeneratedRegex("`(?<key>[A-Z][A-Za-z]+(:[A-Za-z0-9]+)+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName();
}

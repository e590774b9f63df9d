using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace AuthCluster.Contract;

public static partial class JsonAssertions
{
    /// <summary>A member that must be a string.</summary>
    public static string Text(this JsonElement json, string member)
    {
        Assert.True(json.TryGetProperty(member, out var value), $"{member} is missing in {json}");
        Assert.Equal(JsonValueKind.String, value.ValueKind);
        return value.GetString()!;
    }

    public static string[] Texts(this JsonElement json, string member) =>
        [.. json.GetProperty(member).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>Asserts that an object has these members and no others.</summary>
    public static JsonElement AssertMembers(this JsonElement json, params string[] members)
    {
        Assert.Equal(JsonValueKind.Object, json.ValueKind);
        Assert.Equal(members.Order(StringComparer.Ordinal), json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        return json;
    }

    /// <summary>Asserts RFC 3339 in UTC with three fractional digits.</summary>
    public static DateTimeOffset AssertTime(this JsonElement json, string member)
    {
        var text = json.Text(member);
        Assert.Matches(TimeFormat(), text);
        return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    public static void AssertJsonEquals(this JsonElement json, string expected) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), json), $"Expected {expected}, got {json}");

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeFormat();
}

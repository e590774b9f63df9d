using System.Globalization;
using System.Text.Json.Nodes;
using AuthCluster.Accounts;
using Xunit;

namespace AuthCluster.Tests.Accounts;

public sealed class ProfileTests
{
    [Fact]
    public void Named_members_are_set_and_the_others_stay() =>
        Assert.Equal("""{"a":1,"b":3,"c":4}""", Changed("""{"a":1,"b":2}""", """{"b":3,"c":4}""")!.Json);

    [Fact]
    public void Null_removes_a_member() => Assert.Equal("""{"b":2}""", Changed("""{"a":1,"b":2}""", """{"a":null,"never":null}""")!.Json);

    [Fact]
    public void Four_KiB_are_allowed_and_a_byte_more_is_not()
    {
        Assert.NotNull(WithText(new string('x', 4096 - """{"a":""}""".Length)));
        Assert.Null(WithText(new string('x', 4097 - """{"a":""}""".Length)));
    }

    [Fact]
    public void Letters_outside_ASCII_count_as_their_UTF_8_bytes() => Assert.NotNull(WithText(new string('Ж', 2000)));

    [Fact]
    public void Changes_add_up_to_no_more_than_4_KiB()
    {
        var half = new string('x', 2500);
        Assert.Null(WithText(half)!.With(new JsonObject { ["b"] = half }));
    }

    [Fact]
    public void Thirty_two_members_are_allowed_and_one_more_is_not()
    {
        Assert.NotNull(Profile.Empty.With(Members(32)));
        Assert.Null(Profile.Empty.With(Members(33)));
    }

    [Theory]
    [InlineData("""{"a":{"b":{"c":1}}}""")]
    [InlineData("""{"a":[[1]]}""")]
    [InlineData("""{"a":[{"c":null}]}""")]
    public void A_depth_of_three_is_allowed(string changes) => Assert.NotNull(Changed("{}", changes));

    [Theory]
    [InlineData("""{"a":{"b":{"c":{}}}}""")]
    [InlineData("""{"a":[[[]]]}""")]
    [InlineData("""{"a":1,"b":[{"c":[1]}]}""")]
    public void A_depth_of_four_is_not(string changes) => Assert.Null(Changed("{}", changes));

    [Fact]
    public void It_shares_nothing_with_the_change_that_made_it()
    {
        var changes = JsonNode.Parse("""{"a":[1]}""")!.AsObject();
        var profile = Profile.Empty.With(changes)!;
        changes["a"]!.AsArray().Add(2);
        Assert.Equal("""{"a":[1]}""", profile.Json);
    }

    private static Profile? Changed(string before, string changes) => Profile.Restore(before).With(JsonNode.Parse(changes)!.AsObject());

    private static Profile? WithText(string text) => Profile.Empty.With(new JsonObject { ["a"] = text });

    private static JsonObject Members(int count) =>
        new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create<string, JsonNode?>(i.ToString(CultureInfo.InvariantCulture), i)));
}

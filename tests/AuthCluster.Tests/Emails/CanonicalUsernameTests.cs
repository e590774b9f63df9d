using AuthCluster.Emails;
using Xunit;

namespace AuthCluster.Tests.Emails;

public sealed class CanonicalUsernameTests
{
    [Theory]
    [InlineData("ada", "Ada")]
    [InlineData("ada", " ADA ")]
    [InlineData("ada", "ａｄａ")]
    [InlineData("ada.b_c-d+e1", "Ada.B_C-D+e1")]
    [InlineData("straße", "STRAẞE")]
    [InlineData("οδυσσευσ", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("用户", "用户")]
    public void Spellings_of_one_name_are_the_same(string canonical, string typed)
    {
        Assert.True(CanonicalUsername.TryParse(typed, out var username));
        Assert.Equal(canonical, username.Value);
        Assert.True(CanonicalUsername.TryParse(username.Value, out var again));
        Assert.Equal(username, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two words")]
    [InlineData("ada@example.com")]
    [InlineData("ada＠example")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("<b>")]
    [InlineData("ada\u200b")]
    [InlineData("\u202eada")]
    [InlineData("\u0301ada")]
    [InlineData("ada\ud800")]
    public void What_is_no_name_is_refused(string? typed) => Assert.False(CanonicalUsername.TryParse(typed, out _));

    [Fact]
    public void A_name_has_150_characters_and_254_bytes_at_most()
    {
        Assert.True(CanonicalUsername.TryParse(new string('a', 150), out _));
        Assert.False(CanonicalUsername.TryParse(new string('a', 151), out _));
        Assert.True(CanonicalUsername.TryParse(new string('ж', 127), out _));
        Assert.False(CanonicalUsername.TryParse(new string('ж', 128), out _));
        // One character that stands for eighteen.
        Assert.False(CanonicalUsername.TryParse(new string('\ufdfa', 20), out _));
    }

    [Fact]
    public void No_character_makes_a_name_an_address()
    {
        for (var value = 0; value < 0x110000; value++)
        {
            if (System.Text.Rune.IsValid(value) && CanonicalUsername.TryParse($"a{new System.Text.Rune(value)}b", out var username))
                Assert.False(((LoginName)username).IsAddress);
        }
    }
}

using AuthCluster.Http.SecondFactors;
using Xunit;

namespace AuthCluster.Tests.SecondFactors;

public sealed class EmergencyCodesTests
{
    [Fact]
    public void There_are_ten_and_each_is_known_by_its_hash_alone()
    {
        var codes = EmergencyCodes.New();

        Assert.Equal(10, codes.Texts.Distinct().Count());
        Assert.Equal(codes.Hashes, codes.Texts.Select(text => EmergencyCodes.HashOf(text.Replace("-", "", StringComparison.Ordinal))));
        Assert.All(codes.Texts, text => Assert.Matches("^([0-9a-f]{4}-){7}[0-9a-f]{4}$", text));
        Assert.Empty(codes.Texts.Intersect(codes.Hashes, StringComparer.Ordinal));
    }

    [Fact]
    public void Capital_letters_are_the_same_code()
    {
        var text = EmergencyCodes.New().Texts[0].Replace("-", "", StringComparison.Ordinal);

        Assert.Equal(EmergencyCodes.HashOf(text), EmergencyCodes.HashOf(text.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("123456")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("０123456789abcdef0123456789abcdef")]
    public void Other_texts_are_none(string text) => Assert.Null(EmergencyCodes.HashOf(text));
}

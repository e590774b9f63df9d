using AuthCluster.Options;
using AuthCluster.Passwords;
using Xunit;

namespace AuthCluster.Tests.Passwords;

public sealed class PasswordPolicyTests
{
    private const string Email = "alice.o-smith77@mail.bigcorp.example";

    private readonly PasswordPolicy _policy = new(new PasswordOptions(), "authcluster");

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("hZ7#qpL2")]
    [InlineData("7391a5528304")]
    [InlineData("alice in chains")]
    [InlineData("password of my own making")]
    [InlineData("        spaces are fine        ")]
    [InlineData("mot de passe à moi")]
    [InlineData("пароль-и-ещё-слово")]
    [InlineData("😀🐘🎈🚲🍎🧊🎲🪁")]
    [InlineData("8391750264837561")]
    [InlineData("abcXk9$wq")]
    public void A_password_of_ones_own_is_taken(string password) => Assert.Empty(_policy.Faults(password, Email));

    [Theory]
    [InlineData("alice2024")]
    [InlineData("Alice2024!")]
    [InlineData("ALICEalice")]
    [InlineData("ａｌｉｃｅ2024")]
    [InlineData("smith1990!!")]
    [InlineData("alice.o-smith77")]
    [InlineData("alice-smith")]
    [InlineData("bigcorp123")]
    [InlineData("AuthCluster1!")]
    [InlineData("1authcluster")]
    public void The_address_and_the_service_are_no_passwords(string password) => AssertGuessable(password, Email);

    [Theory]
    [InlineData("aaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("xyzxyzxyzx")]
    [InlineData("x7#qx7#qx7#q")]
    [InlineData("abcdefgh")]
    [InlineData("hgfedcba")]
    [InlineData("12345678")]
    [InlineData("87654321")]
    [InlineData("19841231")]
    [InlineData("004917312345678")]
    [InlineData("12345678901234567890")]
    [InlineData("qwertyuiop")]
    [InlineData("QwertzUiop")]
    [InlineData("asdfghjkl123")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("qazwsxedc")]
    [InlineData("iloveyou2")]
    [InlineData("!@#$%^&*")]
    [InlineData("qwerty2024!")]
    [InlineData("password")]
    [InlineData("Passw0rd!")]
    [InlineData("password123")]
    [InlineData("Welcome2024")]
    [InlineData("summer2025!")]
    [InlineData("qwertypassword")]
    [InlineData("😀😀😀😀😀😀😀😀")]
    [InlineData("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668")]
    public void What_anybody_tries_first_is_refused(string password) => AssertGuessable(password, "bo@x.example");

    [Fact]
    public void Length_is_counted_in_code_points()
    {
        Assert.Equal(["Use at least 8 characters."], _policy.Faults("hZ7#qpL", Email));
        Assert.Equal(["Use at least 8 characters."], _policy.Faults("", Email));
        Assert.Equal(["Use at least 8 characters."], _policy.Faults("😀🐘🎈🚲🍎🧊🎲", Email));
        // Eight letters, seven once composed.
        Assert.Equal(["Use at least 8 characters."], _policy.Faults("hZ7qpLe\u0301", Email));
        Assert.Equal(["Use at least 12 characters."], new PasswordPolicy(new PasswordOptions { MinimumLength = 12 }).Faults("hZ7#qpL2mKs", Email));
    }

    [Fact]
    public void The_longest_password_has_256_characters()
    {
        var longest = string.Concat(Enumerable.Range(0x4E00, 256).Select(char.ConvertFromUtf32));
        Assert.Empty(_policy.Faults(longest, Email));
        Assert.Equal(["Use at most 256 characters."], _policy.Faults(longest + "x", Email));
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.Contains("half a character", Assert.Single(_policy.Faults("long enough, but \uD83D half", Email)), StringComparison.Ordinal);
        Assert.Contains("half a character", Assert.Single(_policy.Faults("long enough, but \uDE00 half", Email)), StringComparison.Ordinal);
        Assert.Contains("half a character", Assert.Single(_policy.Faults("long enough, but \uFFFE none", Email)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("no address")]
    [InlineData("@@..@")]
    public void An_address_that_is_none_does_no_harm(string email)
    {
        Assert.Empty(_policy.Faults("correct horse battery staple", email));
        AssertGuessable("password123", email);
    }

    [Fact]
    public void An_address_with_half_a_character_does_no_harm() => Assert.Empty(_policy.Faults("correct horse battery staple", "\uD800@example.com"));

    [Fact]
    public void Short_names_are_not_searched_for() => Assert.Empty(_policy.Faults("bobX7k#t", "bob@xyz.example"));

    private void AssertGuessable(string password, string email) =>
        Assert.Contains("harder to guess", Assert.Single(_policy.Faults(password, email)), StringComparison.Ordinal);
}

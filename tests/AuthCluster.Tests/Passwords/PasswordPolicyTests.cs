using System.Globalization;
using AuthCluster.Options;
using AuthCluster.Passwords;
using Xunit;

namespace AuthCluster.Tests.Passwords;

public sealed class PasswordPolicyTests
{
    private const string Email = "alice.o-smith77@mail.bigcorp.example";

    private readonly PasswordPolicy _policy = new(new PasswordOptions(), "authcluster", "login.nightmarket.example");

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("a wreath of bright nasturtiums")]
    [InlineData("three little pigs")]
    [InlineData("kX9mQ2vRt7Lp")]
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
    [InlineData("N1ghtMarket99")]
    [InlineData("login.nightmarket")]
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
    [InlineData("iloveyou1")]
    [InlineData("iloveyou2")]
    [InlineData("qwerty123")]
    [InlineData("password1")]
    [InlineData("!@#$%^&*")]
    [InlineData("qwerty2024!")]
    [InlineData("password")]
    [InlineData("Passw0rd!")]
    [InlineData("password123")]
    [InlineData("Welcome2024")]
    [InlineData("summer2025!")]
    [InlineData("qwertypassword")]
    [InlineData("liverpool1892")]
    [InlineData("P4$$w0rd")]
    [InlineData("trustno1trustno1")]
    [InlineData("maria1985")]
    [InlineData("chocolate")]
    [InlineData("13.06.1987")]
    [InlineData("😀😀😀😀😀😀😀😀")]
    [InlineData("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668")]
    public void What_anybody_tries_first_is_refused(string password) => AssertGuessable(password, "bo@x.example");

    [Fact]
    public void Of_passwords_of_eight_random_characters_99_in_100_are_taken()
    {
        var random = new Random(12);
        var passwords = Enumerable.Range(0, 1000)
            .Select(_ => random.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&*+-=?@_", 8));
        Assert.InRange(passwords.Count(password => _policy.Faults(password, Email).Count > 0), 0, 10);
    }

    [VectorFact]
    public void The_10000_most_common_passwords_are_refused() =>
        Assert.DoesNotContain(LongEnough("nbp-top10000.txt"), password => _policy.Faults(password, Email).Count == 0);

    [VectorFact]
    public void Of_the_100000_most_common_passwords_that_are_long_enough_97_in_100_are_refused()
    {
        var some = LongEnough("nbp-top100000.txt").Where((_, number) => number % 20 == 0).ToList();
        Assert.InRange(some.Count(password => _policy.Faults(password, Email).Count > 0), some.Count * 97 / 100, some.Count);
    }

    [Fact]
    public void The_language_of_the_server_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // There, the lower case of I has no dot.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            AssertGuessable("ILOVEYOU2", Email);
            AssertGuessable("FISHING1", Email);
            AssertGuessable("BIGCORP123", Email);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_long_password_takes_no_more_memory_to_judge_than_a_short_one()
    {
        // Every character stands for some other, and all of them are tried: in full, that would take half a gigabyte.
        var worst = string.Concat(Enumerable.Repeat("@4pas5w0rd$1!|l7+2%z({", 12))[..256];
        _policy.Faults(worst, Email);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _policy.Faults(worst, Email);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
    }

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

    private static IEnumerable<string> LongEnough(string list) =>
        File.ReadLines(Path.Combine(VectorFactAttribute.Folder!, "passwords", list)).Where(password => password.EnumerateRunes().Count() >= 8);

    private void AssertGuessable(string password, string email) =>
        Assert.Contains("harder to guess", Assert.Single(_policy.Faults(password, email)), StringComparison.Ordinal);

    [Fact]
    public void A_text_that_is_too_long_is_refused_before_it_is_normalized()
    {
        var marks = new string('\u0300', 16_000) + new string('\u0316', 16_000);

        Assert.Equal(["Use at most 256 characters."], _policy.Faults(marks, Email));
        Assert.Null(NormalizedPassword.Of(marks));
        Assert.NotNull(NormalizedPassword.Of(marks[..NormalizedPassword.LengthLimit]));
    }
}

using System.Globalization;
using System.Text;
using AuthCluster.Emails;
using Xunit;

namespace AuthCluster.Tests.Emails;

public sealed class CanonicalEmailTests
{
    /// <summary>Every scalar of Unicode that is taken between two letters, with the canonical form of that address.</summary>
    private static readonly List<(Rune Scalar, string Canonical)> Accepted =
    [
        .. from value in Enumerable.Range(0, 0x110000)
           where Rune.IsValid(value)
           let scalar = new Rune(value)
           let canonical = Parse(Address(scalar))
           where canonical is not null
           select (scalar, canonical),
    ];

    private static readonly string A64 = new('a', 64);
    private static readonly string Label63 = new('d', 63);

    public static TheoryData<string, string> Spellings => new()
    {
        { "alice@example.com", " alice@example.com" },
        { "alice@example.com", "alice@example.com \n" },
        { "alice@example.com", "\u00a0alice@example.com\u2003" },
        { "alice@example.com", "alice@example.com" },
        { "alice@example.com", "Alice@EXAMPLE.Com" },
        { "alice@example.com", "ａｌｉｃｅ@ｅｘａｍｐｌｅ.com" },
        { "kelvin@example.com", "\u212Aelvin@example.com" },
        { "süß@bücher.example", "SU\u0308ß@BÜCHER.example" },
        { "straße@example.com", "STRAẞE@example.com" },
        { "οδυσσευσ@example.gr", "ΟΔΥΣΣΕΥΣ@example.gr" },
        { "οδυσσευσ@example.gr", "οδυσσευς@example.gr" },
        { "john.o'neil+tag=1@example.com", "John.O'Neil+tag=1@example.com" },
        { "!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com" },
        { "admin@localhost", "admin@localhost" },
        { "用户@例子.广告", "用户@例子.广告" },
        { "उपयोगकर्ता@उदाहरण.कॉम", "उपयोगकर्ता@उदाहरण.कॉम" },
        { A64 + "@example.com", A64 + "@example.com" },
        { "a@" + Label63 + ".com", "a@" + Label63 + ".com" },
    };

    public static TheoryData<string?> Refused => new()
    {
        null, "", "@", "alice", "alice@", "@example.com", "alice@@example.com", "a@b@example.com",
        "al ice@example.com", "alice@exam ple.com", "alice\t@example.com",
        "alice\u00A0@example.com", "alice\u3000@example.com", "alice\0@example.com", "alice\u007F@example.com",
        ".alice@example.com", "alice.@example.com", "al..ice@example.com",
        "alice@.example.com", "alice@example.com.", "alice@example..com", "alice@-example.com", "alice@example-.com", "alice@exa_mple.com",
        "\"alice\"@example.com", "alice@[127.0.0.1]", "Alice <alice@example.com>", "alice(comment)@example.com", "a,b@example.com", "a;b@example.com",
        "alice@example.com,mallory@example.com", "al\\ice@example.com", "alice@example.com\r\nBcc: mallory@example.com",
        // Nothing to see, or something that turns the rest around.
        "ali\u200Bce@example.com", "ali\u200Dce@example.com", "ali\u00ADce@example.com", "alice\u202E@example.com", "\uFEFFalice@example.com",
        "alice\u3164@example.com", "alice\u115F@example.com", "alice\uFE0F@example.com", "alice\u034F@example.com", "ali\U000E0061ce@example.com",
        // Nobody writes these.
        "ali\uE000ce@example.com", "ali\u0378ce@example.com", "ali\uFFFEce@example.com",
        "\u0301alice@example.com", "alice@\u0301example.com", "al.\u0301ice@example.com", "al-\u0301ice@example.com",
        "alice☃@example.com", "alice@☃.com",
        // Separators that only normalisation makes ones.
        "alice＠example.com", "alice@example．com", "alice@example。com", "alice@example｡com",
        "alice@a\u2024b.com", "alice@a\u2026com", "alice⒈@example.com",
        "alice@example.com\u2025", "a\u2100b@example.com/..", "alice@exam\u2100ple.com",
        // Too long, also once normalised.
        "a" + A64 + "@example.com", "a@d" + Label63 + ".com", new string('é', 33) + "@example.com", "\uFDFA\uFDFA\uFDFA\uFDFA@example.com",
        "a@" + string.Join('.', Enumerable.Repeat(Label63, 4)), A64 + "@" + string.Join('.', Enumerable.Repeat(new string('é', 30), 4)),
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Spellings_of_one_address_have_one_form(string canonical, string typed) => Assert.Equal(canonical, Parse(typed));

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_plain_address_is_refused(string? typed) => Assert.Null(Parse(typed));

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.Null(Parse("ali\uD800ce@example.com"));
        Assert.Null(Parse("alice\uDC00@example.com"));
        Assert.Null(Parse("alice@example.com\uD83D"));
    }

    [Theory]
    [InlineData("adm\u0131n@example.com")]
    [InlineData("adm\u0130n@example.com")]
    [InlineData("admi\u0307n@example.com")]
    [InlineData("adm\u0456n@example.com")]
    public void A_letter_that_looks_like_another_stays_a_letter_of_its_own(string typed)
    {
        Assert.NotNull(Parse(typed));
        Assert.NotEqual("admin@example.com", Parse(typed));
    }

    [Fact]
    public void A_sharp_s_is_not_two() => Assert.NotEqual(Parse("strasse@example.com"), Parse("straße@example.com"));

    [Fact]
    public void The_form_does_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.Equal("title.iii@example.com", Parse("TITLE.III@example.com"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_form_is_its_own_form()
    {
        Assert.All(Accepted, address => Assert.Equal(address.Canonical, Parse(address.Canonical)));
        Assert.True(Accepted.Count > 100_000);
    }

    [Fact]
    public void Case_never_makes_another_address()
    {
        foreach (var (scalar, canonical) in Accepted)
        {
            Assert.Equal(canonical, Parse(Address(Rune.ToUpperInvariant(scalar))));
            Assert.Equal(canonical, Parse(Address(Rune.ToLowerInvariant(scalar))));
        }
    }

    [Fact]
    public void Only_compatibility_forms_become_plain_ascii() => Assert.All(
        Accepted.Where(address => !address.Scalar.IsAscii && Ascii.IsValid(address.Canonical)),
        address => Assert.True(Ascii.IsValid(address.Scalar.ToString().Normalize(NormalizationForm.FormKC)), $"U+{address.Scalar.Value:X4}"));

    [Fact]
    public void Nothing_invisible_is_accepted()
    {
        UnicodeCategory[] invisible =
        [
            UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.SpaceSeparator,
            UnicodeCategory.PrivateUse, UnicodeCategory.OtherNotAssigned,
        ];
        Assert.All(Accepted, address => Assert.DoesNotContain(Rune.GetUnicodeCategory(address.Scalar), invisible));
    }

    [Fact]
    public void Normalisation_is_there_where_the_tests_run() => CanonicalEmail.RequireNormalization();

    private static string Address(Rune scalar) => $"a{scalar}b@example.com";

    private static string? Parse(string? text) => CanonicalEmail.TryParse(text, out var email) ? email.Value : null;
}

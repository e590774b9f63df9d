using AuthCluster.Options;
using AuthCluster.Passwords;
using AuthCluster.Passwords.Formats;
using Xunit;

namespace AuthCluster.Tests.Passwords;

public sealed class PasswordHasherTests
{
    /// <summary>Derived by another implementation (OpenSSL), salt 00 01 … 0f.</summary>
    private const string CorrectHorse = "$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMI";

    private const string CorrectHorseRecommended = "$pbkdf2-sha512$i=210000$AAECAwQFBgcICQoLDA0ODw$tfP6dFnMFLm84erFFC/hWDzb6fAjAPCAs0RvJLiu5xY";

    private readonly PasswordHasher _cheap = new(new PasswordOptions { Cost = PasswordCost.Lowest });
    private readonly PasswordHasher _withoutArgon2 = new(new Pbkdf2Cost(210_000));

    [Fact]
    public void A_password_matches_its_own_hash_alone()
    {
        var stored = _cheap.Hash("correct horse");
        Assert.Equal(PasswordVerdict.Right, _cheap.Verify("correct horse", stored));
        Assert.Equal(PasswordVerdict.Wrong, _cheap.Verify("correct horse ", stored));
        Assert.Equal(PasswordVerdict.Wrong, _cheap.Verify("Correct horse", stored));
        Assert.Equal(PasswordVerdict.Wrong, _cheap.Verify("", stored));
    }

    [Fact]
    public void Two_hashes_of_one_password_differ() => Assert.NotEqual(_cheap.Hash("correct horse"), _cheap.Hash("correct horse"));

    [Fact]
    public void The_recommended_cost_is_what_OWASP_asks_for()
    {
        var recommended = new PasswordHasher(new PasswordOptions()).Scheme;
        Assert.Equal("Argon2id (m=19456, t=2, p=1)", recommended);
        Assert.Equal("PBKDF2-HMAC-SHA512 (i=1000)", _cheap.Scheme);
    }

    [Fact]
    public void Without_Argon2_passwords_are_hashed_with_PBKDF2() =>
        Assert.Matches("^\\$pbkdf2-sha512\\$i=210000\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}$", _withoutArgon2.Hash("correct horse"));

    [Fact]
    public void Hashes_of_other_implementations_agree()
    {
        Assert.Equal(PasswordVerdict.Right, _cheap.Verify("correct horse battery staple", CorrectHorse));
        Assert.Equal(PasswordVerdict.Right, _withoutArgon2.Verify("correct horse battery staple", CorrectHorseRecommended));
    }

    [Fact]
    public void A_right_password_with_a_cheaper_hash_asks_for_a_better_one()
    {
        Assert.Equal(PasswordVerdict.RightButWeak, _withoutArgon2.Verify("correct horse battery staple", CorrectHorse));
        Assert.Equal(PasswordVerdict.Wrong, _withoutArgon2.Verify("battery staple", CorrectHorse));
        Assert.Equal(PasswordVerdict.Right, _cheap.Verify("correct horse battery staple", CorrectHorseRecommended));
    }

    [Theory]
    [InlineData("p\u00E4ssword", "pa\u0308ssword")]
    [InlineData("password", "ｐａｓｓｗｏｒｄ")]
    [InlineData("fine", "\uFB01ne")]
    public void Another_keyboard_makes_no_other_password(string first, string second) =>
        Assert.Equal(PasswordVerdict.Right, _cheap.Verify(second, _cheap.Hash(first)));

    [Fact]
    public void Half_a_character_is_never_right()
    {
        // U+FFFD is what a lenient encoder puts in its place.
        Assert.Equal(PasswordVerdict.Wrong, _cheap.Verify("half \uD83D", _cheap.Hash("half \uFFFD")));
        Assert.Equal(PasswordVerdict.Wrong, _cheap.Verify("\uDE00 half", _cheap.Hash("\uFFFD half")));
        Assert.Throws<ArgumentException>(() => _cheap.Hash("half \uD83D"));
    }

    [Fact]
    public void A_decoy_looks_like_a_hash_of_the_same_cost_and_matches_nothing()
    {
        Assert.StartsWith("$pbkdf2-sha512$i=210000$", _withoutArgon2.Decoy, StringComparison.Ordinal);
        Assert.Equal(_withoutArgon2.Hash("x").Length, _withoutArgon2.Decoy.Length);
        Assert.Equal(PasswordVerdict.Wrong, _cheap.Verify("", _cheap.Decoy));
        Assert.Equal(PasswordVerdict.Wrong, _cheap.Verify(_cheap.Decoy, _cheap.Decoy));
        Assert.NotEqual(_cheap.Decoy, new PasswordHasher(new PasswordOptions { Cost = PasswordCost.Lowest }).Decoy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("$1$abcdefgh$G/RpAMJxmqMPjnvAsnKcI1")]
    [InlineData("$pbkdf2-sha512$")]
    [InlineData("$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$")]
    [InlineData("$pbkdf2-sha512$i=1000$$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMI")]
    [InlineData("$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwA")]
    [InlineData("$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMI$")]
    [InlineData("$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fw!I")]
    [InlineData("$pbkdf2-sha512$i=0$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMI")]
    [InlineData("$pbkdf2-sha512$i=-1$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMI")]
    [InlineData("$pbkdf2-sha512$i=2000000000$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMI")]
    [InlineData("$pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMI")]
    public void A_damaged_or_unknown_hash_is_no_verdict(string stored)
    {
        var thrown = Assert.Throws<FormatException>(() => _cheap.Verify("correct horse battery staple", stored));
        Assert.DoesNotContain("A6AmFIti", thrown.Message, StringComparison.Ordinal);
    }
}

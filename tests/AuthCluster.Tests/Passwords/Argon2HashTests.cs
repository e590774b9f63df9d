using AuthCluster.Passwords;
using AuthCluster.Passwords.Formats;
using Xunit;

namespace AuthCluster.Tests.Passwords;

/// <summary>Known answers come from the argon2id_hash_raw of libargon2, called from another language; salt 00 01 … 0f.</summary>
public sealed class Argon2HashTests
{
    private const string Password = "correct horse battery staple";
    private const string OfOwasp = "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$gYJZtjEAJqjg26xdLmknq8/bB7MiWPrE9hsYuA+SkIU";
    private const string OfLowest = "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY";
    private const string OfEightLanes = "$argon2id$v=19$m=64,t=1,p=8$AAECAwQFBgcICQoLDA0ODw$qNFQ/n8pWSeULaz581T4fA";
    private const string Pbkdf2 = "$pbkdf2-sha512$i=1000$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMI";

    private readonly PasswordHasher _lowest = new(new Argon2Cost(Memory: 8, Iterations: 1, Lanes: 1));

    [Fact]
    public void Passwords_are_hashed_with_Argon2id()
    {
        var stored = new PasswordHasher(PasswordHasher.Recommended).Hash(Password);
        Assert.Matches("^\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}$", stored);
        Assert.Equal(PasswordVerdict.Right, _lowest.Verify(Password, stored));
        Assert.Equal(PasswordVerdict.Wrong, _lowest.Verify("correct horse", stored));
    }

    [Theory]
    [InlineData(OfOwasp)]
    [InlineData(OfLowest)]
    [InlineData(OfEightLanes)]
    public void Known_answers_match(string stored)
    {
        Assert.Equal(PasswordVerdict.Right, _lowest.Verify(Password, stored));
        Assert.Equal(PasswordVerdict.Wrong, _lowest.Verify("", stored));
    }

    [Fact]
    public void Another_keyboard_makes_no_other_password()
    {
        const string Composed = "$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$mKaqq1kGMr67jlisedqRl6dvFDmWerlGdwYF7EDvnPs";
        Assert.Equal(PasswordVerdict.Right, _lowest.Verify("p\u00E4ssword", Composed));
        Assert.Equal(PasswordVerdict.Right, _lowest.Verify("pa\u0308ssword", Composed));
    }

    [Fact]
    public void A_hash_of_less_memory_or_fewer_passes_is_weak_and_so_is_PBKDF2()
    {
        Assert.Equal(PasswordVerdict.RightButWeak, new PasswordHasher(new Argon2Cost(16, 1, 1)).Verify(Password, OfLowest));
        Assert.Equal(PasswordVerdict.RightButWeak, new PasswordHasher(new Argon2Cost(8, 2, 1)).Verify(Password, OfLowest));
        Assert.Equal(PasswordVerdict.RightButWeak, _lowest.Verify(Password, Pbkdf2));
        Assert.Equal(PasswordVerdict.Right, _lowest.Verify(Password, OfOwasp));
        Assert.Equal(PasswordVerdict.Right, new PasswordHasher(new Pbkdf2Cost(210_000)).Verify(Password, OfOwasp));
    }

    [Fact]
    public void A_decoy_costs_as_much_and_matches_nothing()
    {
        Assert.StartsWith("$argon2id$v=19$m=8,t=1,p=1$", _lowest.Decoy, StringComparison.Ordinal);
        Assert.Equal(_lowest.Hash("x").Length, _lowest.Decoy.Length);
        Assert.Equal(PasswordVerdict.Wrong, _lowest.Verify("", _lowest.Decoy));
    }

    [Theory]
    [InlineData("$argon2id$")]
    [InlineData("$argon2i$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=16$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$t=1,m=8,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=8,t=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=7,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=2$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=8,t=0,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=262145,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=8,t=65,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=4096,t=1,p=17$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBg$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSq")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY$")]
    public void A_damaged_hash_or_one_that_costs_too_much_is_no_verdict(string stored)
    {
        var thrown = Assert.Throws<FormatException>(() => _lowest.Verify(Password, stored));
        Assert.DoesNotContain("0X6mNByp", thrown.Message, StringComparison.Ordinal);
    }
}

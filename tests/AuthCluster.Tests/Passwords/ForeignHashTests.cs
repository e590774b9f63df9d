using AuthCluster.Options;
using AuthCluster.Passwords;
using Xunit;
using IdentityHasher = Microsoft.AspNetCore.Identity.PasswordHasher<object>;

namespace AuthCluster.Tests.Passwords;

/// <summary>
/// Known answers come from Python's hashlib, libxcrypt and libargon2, put together as the systems do that they are named after; those of "lètmein",
/// "secret" and "my password" are the ones that Django and Identity test themselves with, "user1password" is Firebase's own example, "mysecret"
/// and "admin" are much copied examples of Django and Keycloak.
/// </summary>
public sealed class ForeignHashTests
{
    private const string Password = "correct horse battery staple";
    private const string Bcrypt = "$2b$04$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG";
    private const string BcryptOf72 = "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";

    private readonly PasswordHasher _hasher = new(new PasswordOptions { Cost = PasswordCost.Lowest });

    [Theory]
    [InlineData(Password, "pbkdf2_sha256$1000$seasalt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQltA=")]
    [InlineData("lètmein", "pbkdf2_sha256$390000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c=")]
    [InlineData("mysecret", "pbkdf2_sha256$100000$QnXcNeCrbv1z$i7W/FAxaptxOtqvm33KZ5SGL+fnZmicHkR6ekA3Q44k=")]
    [InlineData(Password, "pbkdf2_sha1$1000$seasalt$9iRYj0as1r5j+cCBxB+HMlxkyr4=")]
    [InlineData(Password, "AQAAAAAAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg8A6b+Q5v/5gBndnBKiBiA27187WD3zrXpRRPbHcnNx7A==")]
    [InlineData(Password, "AQAAAAEAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg+mmxeeOt08HgqvInoOs6oqqGRauG/s9soAwXUSaXxxng==")]
    [InlineData(Password, "AQAAAAIAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg8DoCYUi2LsIqVh2g+JX2N/V32WWnfujbtaazxnHx/Awg==")]
    [InlineData("my password", "AQAAAAIAAAAyAAAAEOMwvh3+FZxqkdMBz2ekgGhwQ4B6pZWND6zgESBuWiHw")]
    [InlineData("my password", "AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==")]
    [InlineData(
        "my password",
        "AQAAAAIAAAD6AAAAIJbVi5wbMR+htSfFp8fTw8N8GOS/Sje+S/4YZcgBfU7EQuqv4OkVYmc4VJl9AGZzmRTxSkP7LtVi9IWyUxX8IAAf"
        + "Z8v+ZfhjCcudtC1YERSqE1OEdXLW9VukPuJWBBjLuw==")]
    public void Hashes_that_the_framework_computes_are_checked_and_asked_to_be_replaced(string password, string stored) =>
        AssertForeign(password, stored);

    [Theory]
    [InlineData(Password, "argon2$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$0X6mNBypPaYHnqL2TcSqMd0ar5yqZ/tCrEr9BxRwbyY")]
    [InlineData("secret", "argon2$argon2id$v=19$m=102400,t=2,p=8$Y041dExhNkljRUUy$TMa6A8fPJhCAUXRhJXCXdw")]
    public void Argon2_of_Django_is_checked_and_asked_to_be_replaced(string password, string stored) => AssertForeign(password, stored);

    [Theory]
    [InlineData(Password, "scrypt$16$seasalt$8$1$f/sv7CHrZvIISH++qzLx2anVX+GPurZku99ho8B5zj7UYl5kQ6klvP48CHjjasdPf5PxS701wO0lBHbNI/P0ig==")]
    [InlineData("lètmein", "scrypt$16384$seasalt$8$5$ECMIUp+LMxMSK8xB/IVyba+KYGTI7FTnet025q/1f/vBAVnnP3hdYqJuRi+mJn6ji6ze3Fbb7JEFPKGpuEf5vw==")]
    public void Scrypt_of_Django_is_checked_and_asked_to_be_replaced(string password, string stored) => AssertForeign(password, stored);

    [Theory]
    [InlineData(Password, "keycloak$pbkdf2$1000$AAECAwQFBgcICQoLDA0ODw==$AOm/kOb/+YAZ3ZwSogYgNu9fO1g98616UUT2x3Jzcezc674WB6rf1PmFu7KUTJ/kBMpXzOJ47gHQ2i8osqaCHQ==")]
    [InlineData(
        Password,
        "keycloak$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$ppsXnjrdPB4KryJ6DrOqKqhkWrhv7PbKAMF1Eml8cZ7TX23G+6QgERwdCrtdq7/IU5aB6IVSOpTz6igHBLZ5Gw==")]
    [InlineData(
        Password,
        "keycloak$pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw==$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMJGCOigJzAthOW3Pg+XF5PnNiYnsQsIz1N5NtynrEm78w==")]
    [InlineData("admin", "keycloak$pbkdf2-sha256$27500$x/bm4Y3DcuV9eU97ervkPA==$1u7BLvfSPxQFpwc5jpGSA+88EGl9pZYKhaZ8YPIu9N4=")]
    public void Pbkdf2_of_Keycloak_is_checked_and_asked_to_be_replaced(string password, string stored) => AssertForeign(password, stored);

    [Theory]
    [InlineData(
        Password,
        "firebase$16$8$AAECAwQFBgcICQ==$Bw==$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
        + "$PZm5PuFkWPN2rD1OECx2eAe5dkfVnMV1HtnJgnyLjZ+XmhNizYv0/VbSNpkjod5pfMTcDbLn1hR4Y80/NED5lg==")]
    [InlineData(
        Password,
        "firebase$16$8$AAECAwQFBgcICQ==$$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
        + "$Ncelq6TmnROFrt52uvEuYp5BOqUwYYHUESMA9iyyJDb4stsq3il1P+wDiME78n+jvh2dmQZSCuviJAFn8xhL/g==")]
    [InlineData(
        "user1password",
        "firebase$16384$8$42xEC+ixf3L2lw==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=="
        + "$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==")]
    public void Scrypt_of_Firebase_is_checked_and_asked_to_be_replaced(string password, string stored) => AssertForeign(password, stored);

    [Theory]
    [InlineData(Bcrypt)]
    [InlineData("$2a$04$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG")]
    [InlineData("$2y$04$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG")]
    [InlineData("bcrypt$" + Bcrypt)]
    [InlineData("bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuaBT8mpw5tGdD3eO40znWcQP/dT9hEVK")]
    public void Bcrypt_is_checked_and_asked_to_be_replaced(string stored) => AssertForeign(Password, stored);

    [Fact]
    public void Bcrypt_looks_at_72_bytes_as_it_did_when_the_hash_was_made()
    {
        Assert.Equal(PasswordVerdict.RightButWeak, _hasher.Verify(new string('x', 72), BcryptOf72));
        Assert.Equal(PasswordVerdict.RightButWeak, _hasher.Verify(new string('x', 1000), BcryptOf72));
        Assert.Equal(PasswordVerdict.Wrong, _hasher.Verify(new string('x', 71), BcryptOf72));
    }

    [Fact]
    public void A_zero_byte_ends_no_password() => Assert.Equal(PasswordVerdict.Wrong, _hasher.Verify(Password + "\0 and more", Bcrypt));

    [Fact]
    public void What_was_typed_is_compared_not_its_normal_form()
    {
        const string Decomposed = "$2b$04$abcdefghijklmnopqrstuuCcPcT8wQe8gRMAxacxslyiZUiep/f2u";
        Assert.Equal(PasswordVerdict.RightButWeak, _hasher.Verify("pa\u0308ssword", Decomposed));
        Assert.Equal(PasswordVerdict.Wrong, _hasher.Verify("p\u00E4ssword", Decomposed));
    }

    [Fact]
    public void Half_a_character_is_never_right()
    {
        // The hash of U+FFFD, which a lenient encoder puts in its place.
        var stored = new IdentityHasher().HashPassword(this, "half \uFFFD");
        Assert.Equal(PasswordVerdict.RightButWeak, _hasher.Verify("half \uFFFD", stored));
        Assert.Equal(PasswordVerdict.Wrong, _hasher.Verify("half \uD83D", stored));
    }

    [Fact]
    public void Hashes_of_the_Identity_at_hand_are_checked() =>
        AssertForeign("a wreath of bright nasturtiums", new IdentityHasher().HashPassword(this, "a wreath of bright nasturtiums"));

    [Theory]
    [InlineData("pbkdf2_sha256$")]
    [InlineData("pbkdf2_sha256$1000$seasalt$")]
    [InlineData("pbkdf2_sha256$1000$seasalt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQ")]
    [InlineData("pbkdf2_sha256$0$seasalt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQltA=")]
    [InlineData("pbkdf2_sha256$10000001$seasalt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQltA=")]
    [InlineData("pbkdf2_sha256$1000$sea$salt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQltA=")]
    [InlineData("pbkdf2_sha1$1000$seasalt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQltA=")]
    [InlineData("argon2$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$YC9+jJCrQhs5R6db7LlN8Q")]
    [InlineData("argon2$argon2id$v=19$m=1000000,t=2,p=8$Y041dExhNkljRUUy$TMa6A8fPJhCAUXRhJXCXdw")]
    [InlineData("scrypt$16$seasalt$8$1$")]
    [InlineData("scrypt$15$seasalt$8$1$f/sv7CHrZvIISH++qzLx2anVX+GPurZku99ho8B5zj7UYl5kQ6klvP48CHjjasdPf5PxS701wO0lBHbNI/P0ig==")]
    [InlineData("scrypt$1048576$seasalt$8$1$f/sv7CHrZvIISH++qzLx2anVX+GPurZku99ho8B5zj7UYl5kQ6klvP48CHjjasdPf5PxS701wO0lBHbNI/P0ig==")]
    [InlineData("scrypt$16$seasalt$8$17$f/sv7CHrZvIISH++qzLx2anVX+GPurZku99ho8B5zj7UYl5kQ6klvP48CHjjasdPf5PxS701wO0lBHbNI/P0ig==")]
    [InlineData("$2b$04$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6C")]
    [InlineData("$2b$04$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6C=")]
    [InlineData("$2b$04$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6C\u0143")]
    [InlineData("$2b$17$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG")]
    [InlineData("$2b$03$abcdefghijklmnopqrstuu7EJV7kdjBBQxyb0HjTh9KS7.Lah/6CG")]
    [InlineData("bcrypt_sha256$2b$04$abcdefghijklmnopqrstuuaBT8mpw5tGdD3eO40znWcQP/dT9hEVK")]
    [InlineData("AQAAAA")]
    [InlineData("AQAAAAMAAAPoAAAAEAABAgMEBQYHCAkKCwwNDg8DoCYUi2LsIqVh2g+JX2N/V32WWnfujbtaazxnHx/Awg==")]
    [InlineData("AQAAAAIAAAAyAAAAEOMwvh3+FZxqkdMBz2ekgGhwQ4A=")]
    [InlineData("AQAAAAL/////AAAAEAABAgMEBQYHCAkKCwwNDg8DoCYUi2LsIqVh2g+JX2N/V32WWnfujbtaazxnHx/Awg==")]
    [InlineData("AQAAAAIAAAPo/////wABAgMEBQYHCAkKCwwNDg8DoCYUi2LsIqVh2g+JX2N/V32WWnfujbtaazxnHx/Awg==")]
    [InlineData("keycloak$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$")]
    [InlineData("keycloak$pbkdf2-sha256$1000$$1u7BLvfSPxQFpwc5jpGSA+88EGl9pZYKhaZ8YPIu9N4=")]
    [InlineData("keycloak$pbkdf2-sha256$0$x/bm4Y3DcuV9eU97ervkPA==$1u7BLvfSPxQFpwc5jpGSA+88EGl9pZYKhaZ8YPIu9N4=")]
    [InlineData("keycloak$pbkdf2-sha256$10000001$x/bm4Y3DcuV9eU97ervkPA==$1u7BLvfSPxQFpwc5jpGSA+88EGl9pZYKhaZ8YPIu9N4=")]
    [InlineData("keycloak$argon2$5$x/bm4Y3DcuV9eU97ervkPA==$1u7BLvfSPxQFpwc5jpGSA+88EGl9pZYKhaZ8YPIu9N4=")]
    [InlineData("firebase$16$8$AAECAwQFBgcICQ==$Bw==$$")]
    [InlineData("firebase$16$8$AAECAwQFBgcICQ==$Bw==$AAECAwQFBgcICQoLDA0ODw==$PZm5PuFkWPN2rD1OECx2eA==")]
    [InlineData("firebase$16$8$AAECAwQFBgcICQ==$Bw==$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=$PZm5PuFkWPN2rD1OECx2eA==")]
    [InlineData("firebase$15$8$AAECAwQFBgcICQ==$Bw==$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=$PZm5PuFkWPN2rD1OECx2eAe5dkfVnMV1HtnJgnyLjZ8=")]
    [InlineData("firebase$1048576$8$AAECAwQFBgcICQ==$Bw==$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=$PZm5PuFkWPN2rD1OECx2eAe5dkfVnMV1HtnJgnyLjZ8=")]
    public void A_damaged_hash_or_one_that_costs_too_much_is_no_verdict(string stored) =>
        Assert.Throws<FormatException>(() => _hasher.Verify(Password, stored));

    private void AssertForeign(string password, string stored)
    {
        Assert.Equal(PasswordVerdict.RightButWeak, _hasher.Verify(password, stored));
        Assert.Equal(PasswordVerdict.Wrong, _hasher.Verify(password + " ", stored));
        Assert.Equal(PasswordVerdict.Wrong, _hasher.Verify("", stored));
    }
}

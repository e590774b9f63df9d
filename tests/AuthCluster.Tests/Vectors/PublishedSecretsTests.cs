using System.Buffers.Text;
using System.Text;
using AuthCluster.Options;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.Tests.Vectors;

/// <summary>HMAC secrets that stand in tutorials and repositories, as somebody might put them into the settings.</summary>
public sealed class PublishedSecretsTests(ITestOutputHelper output)
{
    [VectorFact]
    public void None_of_them_is_taken_as_a_signing_key_in_any_notation()
    {
        var lines = File.ReadAllLines(VectorFile.PathOf("jwt-secrets", "jwt.secrets.list"), Encoding.UTF8);
        var secrets = lines.Distinct(StringComparer.Ordinal).ToList();
        var settings = secrets.SelectMany(Notations).Distinct(StringComparer.Ordinal).ToList();

        var taken = settings.Where(setting => !IsRefused(setting)).ToList();

        output.WriteLine($"{secrets.Count} published secrets in {settings.Count} notations, {taken.Count} taken");
        Assert.Empty(taken);
        Assert.InRange(secrets.Count, 100_000, int.MaxValue);
    }

    [Fact]
    public void Random_keys_are_taken()
    {
        var random = new Random(11);
        foreach (var size in (int[])[32, 33, 48, 64])
        {
            for (var i = 0; i < 2_000; i++)
            {
                var key = new byte[size];
                random.NextBytes(key);
                Assert.False(IsRefused(Convert.ToBase64String(key)));
            }
        }
    }

    /// <summary>As it stands, its characters in base64, and the bytes that it says in base64url or hexadecimal.</summary>
    private static IEnumerable<string> Notations(string secret)
    {
        yield return secret;
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        var text = secret.Trim();
        if (Base64Url.IsValid(text))
            yield return Convert.ToBase64String(Base64Url.DecodeFromChars(text));
        if (text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit))
            yield return Convert.ToBase64String(Convert.FromHexString(text));
    }

    private static bool IsRefused(string key) =>
        new TokenOptions { Algorithm = TokenAlgorithm.HS256, SigningKey = key }.Check().Any(fault => fault?.Key == nameof(TokenOptions.SigningKey));
}

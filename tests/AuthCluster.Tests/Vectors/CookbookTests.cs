using System.Buffers.Text;
using System.Text.Json;
using AuthCluster.Options;
using AuthCluster.Tests.Tokens;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.Tests.Vectors;

/// <summary>The examples of RFC 7520 and RFC 7797: good tokens, but none of ours, and most of forms that are never read here.</summary>
public sealed class CookbookTests(ITestOutputHelper output)
{
    [VectorFact]
    public async Task Every_example_is_refused_by_every_reader_also_with_the_cookbooks_own_keys()
    {
        var mac = KeyOf("3_5.symmetric_key_mac_computation.json");
        var encryption = KeyOf("3_6.symmetric_key_encryption.json");
        TokenOptions[] readers =
        [
            new(),
            new() { Encrypt = true, EncryptionKey = encryption },
            new() { Algorithm = TokenAlgorithm.HS256, SigningKey = mac },
            new() { Algorithm = TokenAlgorithm.HS256, SigningKey = mac, Encrypt = true },
        ];
        var tokens = Examples().SelectMany(TokensIn).ToList();
        foreach (var options in readers)
        {
            using var deployment = await Deployment.StartAsync(options);
            Assert.All(tokens, token => Assert.Null(deployment.Reader.ReadAny(token)));
        }

        output.WriteLine($"{tokens.Count} tokens of the cookbook at {readers.Length} readers, 0 accepted");
        Assert.Equal(69, tokens.Count);
    }

    [VectorFact]
    public void Only_compact_tokens_signed_with_our_algorithms_verify_with_their_keys()
    {
        var verified = new List<string>();
        foreach (var file in Examples())
        {
            var example = JsonElement.Parse(File.ReadAllBytes(file));
            if (!example.TryGetProperty("input", out var input) || !input.TryGetProperty("key", out var key) || key.ValueKind != JsonValueKind.Object)
                continue;
            // The keys of the cookbook do not all name their algorithm; here the example does.
            var keys = VectorKeys.Of(WithAlgorithm(key, input.GetProperty("alg")));
            if (TokensIn(file).Any(token => VectorToken.IsAccepted(token, keys)))
                verified.Add(Path.GetFileName(file));
        }

        // 4_5 has its payload elsewhere, and what RFC 7797 signs is no base64url: neither is among them.
        Assert.Equal(["4_1.rsa_v15_signature.json", "4_4.hmac-sha2_integrity_protection.json"], verified.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Examples() =>
        Directory.EnumerateFiles(VectorFile.PathOf("jose-cookbook"), "*.json", SearchOption.AllDirectories);

    /// <summary>Whatever has the form of a token: the compact ones and the JSON serialisations.</summary>
    private static IEnumerable<string> TokensIn(string file)
    {
        var example = JsonElement.Parse(File.ReadAllBytes(file));
        var nested = new[] { "sign", "encrypt" }.Where(name => example.TryGetProperty(name, out _)).Select(example.GetProperty);
        JsonElement[] parts = [example, .. nested];
        return parts.Where(part => part.TryGetProperty("output", out _))
            .SelectMany(part => part.GetProperty("output").EnumerateObject())
            .Select(token => token.Value.ValueKind == JsonValueKind.String ? token.Value.GetString()! : token.Value.GetRawText());
    }

    private static JsonElement WithAlgorithm(JsonElement key, JsonElement algorithm)
    {
        var members = key.EnumerateObject().Where(member => member.Name != "alg").ToDictionary(member => member.Name, member => member.Value);
        members["alg"] = algorithm;
        return JsonSerializer.SerializeToElement(members);
    }

    private static string KeyOf(string file) =>
        Convert.ToBase64String(Base64Url.DecodeFromChars(VectorFile.Read("jose-cookbook", "jwk", file).GetProperty("k").GetString()));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthCluster.Keys;
using AuthCluster.Options;
using AuthCluster.Tokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace AuthCluster.Tests.Keys;

public sealed class SigningKeyTests
{
    private static readonly byte[] Data = Encoding.ASCII.GetBytes("header.payload");

    public static TheoryData<TokenAlgorithm> Algorithms => [.. Enum.GetValues<TokenAlgorithm>()];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void What_it_signed_verifies_and_nothing_else_does(TokenAlgorithm algorithm)
    {
        var key = NewKey(algorithm);
        var signature = key.Sign(Data);
        Assert.True(key.Verify(Data, signature));
        Assert.False(key.Verify(Encoding.ASCII.GetBytes("header.payloae"), signature));
        Assert.False(NewKey(algorithm).Verify(Data, signature));
        Assert.False(key.Verify(Data, signature[..^1]));
        Assert.False(key.Verify(Data, [.. signature, 0]));
        Assert.False(key.Verify(Data, []));
        Assert.False(key.Verify([], signature));
        Assert.False(key.Verify(Data, new byte[signature.Length]));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_same_material_gives_the_same_key(TokenAlgorithm algorithm)
    {
        var material = SigningKey.NewMaterial(algorithm);
        var key = SigningKey.Import(algorithm, material);
        var again = SigningKey.Import(algorithm, material);
        Assert.Equal(key.Id, again.Id);
        Assert.True(again.Verify(Data, key.Sign(Data)));
    }

    [Theory]
    [InlineData(TokenAlgorithm.ES256, "kty use alg kid crv x y")]
    [InlineData(TokenAlgorithm.RS256, "kty use alg kid n e")]
    public void The_published_key_has_public_members_only_and_verifies(TokenAlgorithm algorithm, string members)
    {
        var key = NewKey(algorithm);
        Assert.Equal(members, string.Join(' ', key.PublicJwk!.Keys));
        var jwk = new JsonWebKey(JsonSerializer.Serialize(key.PublicJwk));
        Assert.Equal(key.Id, Base64Url.EncodeToString(jwk.ComputeJwkThumbprint()));
        Assert.True(jwk.CryptoProviderFactory.CreateForVerifying(jwk, key.AlgorithmName).Verify(Data, key.Sign(Data)));
    }

    [Fact]
    public void An_HMAC_key_is_never_published() => Assert.Null(NewKey(TokenAlgorithm.HS256).PublicJwk);

    [Fact]
    public void An_HMAC_key_of_less_than_256_bits_is_refused() =>
        Assert.Throws<ArgumentException>(() => SigningKey.Import(TokenAlgorithm.HS256, new byte[31]));

    [Fact]
    public void A_key_of_another_size_or_curve_is_refused()
    {
        using var small = RSA.Create(1024);
        using var large = RSA.Create(3072);
        using var otherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var key in (RSA[])[small, large])
            Assert.Throws<ArgumentException>(() => SigningKey.Import(TokenAlgorithm.RS256, key.ExportPkcs8PrivateKey()));
        Assert.Throws<ArgumentException>(() => SigningKey.Import(TokenAlgorithm.ES256, otherCurve.ExportPkcs8PrivateKey()));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Many_threads_may_use_one_key(TokenAlgorithm algorithm)
    {
        var key = NewKey(algorithm);
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => Enumerable.Range(0, 50).All(i =>
        {
            var data = Encoding.ASCII.GetBytes($"{worker}.{i}");
            return key.Verify(data, key.Sign(data));
        }))));
        Assert.DoesNotContain(false, results);
    }

    [VectorFact]
    public void The_signed_token_of_RFC_7515_verifies_and_a_changed_one_does_not()
    {
        using var vectors = ReadVectors();
        var hs256 = vectors.RootElement.GetProperty("hs256");
        var token = hs256.GetProperty("token").GetString()!;
        var key = SigningKey.Import(TokenAlgorithm.HS256, Base64Url.DecodeFromChars(hs256.GetProperty("jwk").GetProperty("k").GetString()));
        Assert.True(CompactJws.TrySplit(token, out var parts));
        Assert.True(parts.IsSignedBy(key));
        Assert.True(CompactJws.TrySplit(token.Replace("eyJp", "eyJq", StringComparison.Ordinal), out var changed));
        Assert.False(changed.IsSignedBy(key));
        Assert.True(CompactJws.TrySplit(vectors.RootElement.GetProperty("unsecured").GetProperty("token").GetString(), out var unsecured));
        Assert.False(unsecured.IsSignedBy(key));
    }

    [VectorFact]
    public void The_thumbprint_is_that_of_RFC_7638()
    {
        using var vectors = ReadVectors();
        var thumbprint = vectors.RootElement.GetProperty("thumbprint");
        var jwk = new JsonWebKey(thumbprint.GetProperty("jwk").GetRawText());
        Assert.Equal(thumbprint.GetProperty("sha256").GetString(), SigningKey.Thumbprint(jwk));
    }

    private static JsonDocument ReadVectors() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(VectorFactAttribute.Folder!, "rfc7515", "rfc7515_rfc7638.json")));

    private static SigningKey NewKey(TokenAlgorithm algorithm) => SigningKey.Import(algorithm, SigningKey.NewMaterial(algorithm));
}

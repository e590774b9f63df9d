using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AuthCluster.Options;
using AuthCluster.Tokens;
using Xunit;

namespace AuthCluster.Tests.Tokens;

/// <summary>Tokens that are cheap to send and would be dear to read: nothing of them is worked through before they are refused.</summary>
public sealed class BombTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static TheoryData<string, string> Bombs => new()
    {
        { "two thousand million rounds of PBKDF2", PasswordBased(int.MaxValue) },
        { "more rounds than a number holds", PasswordBased(1e300) },
        { "compressed text, encrypted with our key", Compressed() },
        { "a key agreement on a curve", Encode("""{"alg":"ECDH-ES","enc":"A256GCM","epk":{"crv":"P-521","x":"AA","y":"AA"}}""") + "..AA.AA.AA" },
        { "a deeply nested header", Encode(new string('[', 6_000) + new string(']', 6_000)) + ".e30.AA" },
        { "a header of very many members", Encode($"{{{string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"m{i}\":0"))}}}") + ".e30.AA" },
        { "nothing but dots", new string('.', TokenReader.LengthLimit) },
        { "a million characters", new string('A', 1_000_000) },
        { "a million characters in three segments", $"{new string('A', 500_000)}.{new string('A', 500_000)}.AA" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_is_refused_before_it_costs_anything(string name, string token)
    {
        Assert.NotEmpty(name);
        foreach (var options in (TokenOptions[])[new(), new() { Encrypt = true, EncryptionKey = Convert.ToBase64String(Key) }])
        {
            using var deployment = await Deployment.StartAsync(options);
            Assert.Null(deployment.Reader.ReadAny(token));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Null(deployment.Reader.ReadAny(token));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * TokenReader.LengthLimit);
        }
    }

    private static string PasswordBased(double rounds) =>
        Encode($$"""{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"c2FsdHNhbHQ","p2c":{{rounds:F0}}}""") + ".AA.AA.AA.AA";

    private static string Compressed()
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.SmallestSize))
            deflate.Write(new byte[8_000_000]);
        var header = Encode("""{"typ":"JWT","cty":"JWT","alg":"dir","enc":"A256GCM","zip":"DEF"}""");
        var (nonce, text, tag) = (new byte[12], bytes.ToArray(), new byte[16]);
        using var cipher = new AesGcm(Key, tag.Length);
        cipher.Encrypt(nonce, text, text, tag, Encoding.ASCII.GetBytes(header));
        return $"{header}..{Base64Url.EncodeToString(nonce)}.{Base64Url.EncodeToString(text)}.{Base64Url.EncodeToString(tag)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

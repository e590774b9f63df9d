using System.Text.Json;
using AuthCluster.Options;
using AuthCluster.Tests.Tokens;
using AuthCluster.Tokens;
using Xunit;
using Xunit.Abstractions;

namespace AuthCluster.Tests.Vectors;

/// <summary>
/// Wycheproof's JOSE vectors. Tokens that are valid under an algorithm that is not ours (RS384, RS512, PS*, ES512, HS384, HS512) must be
/// refused, and are counted apart.
/// </summary>
public sealed class WycheproofTests(ITestOutputHelper output)
{
    /// <summary>367 and 370 are called invalid, but are the same bytes as 357, which is valid (C2SP/wycheproof issue 236).</summary>
    private static readonly int[] CalledInvalidButValid = [367, 370];

    /// <summary>372 and 373 are called valid, but have a '?' in a segment, which RFC 7515 section 2 forbids.</summary>
    private static readonly int[] CalledValidButInvalid = [372, 373];

    [VectorFact]
    public void All_401_signatures_are_judged_rightly() =>
        Judge("json_web_signature_test.json", "jws", new Tally(Accepted: 18, Refused: 353, OfOtherAlgorithm: 26, DefectsOfTheVectors: 4));

    [VectorFact]
    public void All_49_signatures_among_the_crypto_vectors_are_judged_rightly() =>
        Judge("json_web_crypto_test.json", "jws", new Tally(Accepted: 4, Refused: 45, OfOtherAlgorithm: 0, DefectsOfTheVectors: 0));

    [VectorFact]
    public void All_26_keys_are_judged_rightly() =>
        Judge("json_web_key_test.json", "jws", new Tally(Accepted: 3, Refused: 21, OfOtherAlgorithm: 2, DefectsOfTheVectors: 0));

    [VectorFact]
    public async Task All_173_encrypted_tokens_are_refused_also_with_their_own_key()
    {
        var judged = 0;
        foreach (var file in (string[])["json_web_encryption_test.json", "json_web_crypto_test.json"])
        {
            foreach (var (keys, test) in Tests(file, "jwe", keys => keys))
            {
                judged++;
                foreach (var options in ReadersWith(keys))
                {
                    using var deployment = await Deployment.StartAsync(options);
                    Assert.True(deployment.Reader.ReadAny(TokenOf(test, "jwe")) is null, $"{file} {test.GetProperty("tcId")} is accepted");
                }
            }
        }

        output.WriteLine($"JWE of Wycheproof: {judged} judged, 0 accepted");
        Assert.Equal(173, judged);
    }

    private void Judge(string file, string member, Tally expected)
    {
        var tally = new Tally(0, 0, 0, 0);
        var mistakes = new List<string>();
        foreach (var (keys, test) in Tests(file, member, VectorKeys.Of))
        {
            var number = test.GetProperty("tcId").GetInt32();
            var token = TokenOf(test, member);
            var isAccepted = VectorToken.IsAccepted(token, keys);
            var isValid = IsValid(file, number, test);
            var isOurs = Enum.TryParse<TokenAlgorithm>(VectorToken.ClaimedAlgorithm(token), out _);
            if (isAccepted != (isValid && isOurs))
                mistakes.Add($"{number} {test.GetProperty("comment")}: {(isAccepted ? "accepted" : "refused")}");
            tally = tally.With(isAccepted, isDefect: isValid != IsCalledValid(test), isOfOtherAlgorithm: isValid && !isOurs);
        }

        output.WriteLine($"{file}: {tally}");
        Assert.Empty(mistakes);
        Assert.Equal(expected, tally);
    }

    /// <param name="readKeys">Reads the keys, which all tests of a group share.</param>
    private static IEnumerable<(TKeys Keys, JsonElement Test)> Tests<TKeys>(string file, string member, Func<JsonElement, TKeys> readKeys) =>
        from @group in VectorFile.Read("wycheproof", file).GetProperty("testGroups").EnumerateArray()
        let keys = readKeys(@group.GetProperty("private"))
        from test in @group.GetProperty("tests").EnumerateArray()
        where test.TryGetProperty(member, out _)
        select (keys, test);

    /// <summary>A few hold the JSON serialisation in place of a text.</summary>
    private static string TokenOf(JsonElement test, string member)
    {
        var token = test.GetProperty(member);
        return token.ValueKind == JsonValueKind.String ? token.GetString()! : token.GetRawText();
    }

    private static bool IsValid(string file, int number, JsonElement test)
    {
        if (file != "json_web_signature_test.json")
            return IsCalledValid(test);
        return CalledInvalidButValid.Contains(number) || (IsCalledValid(test) && !CalledValidButInvalid.Contains(number));
    }

    private static bool IsCalledValid(JsonElement test) => test.GetProperty("result").GetString() == "valid";

    /// <summary>Readers without encryption, with it, and, where the vector's key has our size, with that key.</summary>
    private static IEnumerable<TokenOptions> ReadersWith(JsonElement key)
    {
        yield return new TokenOptions();
        yield return new TokenOptions { Encrypt = true };
        if (key.TryGetProperty("k", out var k) && StrictBase64Url.Decode(k.GetString()) is { Length: 32 } bytes)
            yield return new TokenOptions { Encrypt = true, EncryptionKey = Convert.ToBase64String(bytes) };
    }

    private sealed record Tally(int Accepted, int Refused, int OfOtherAlgorithm, int DefectsOfTheVectors)
    {
        public Tally With(bool isAccepted, bool isDefect, bool isOfOtherAlgorithm) => true switch
        {
            _ when isDefect => this with { DefectsOfTheVectors = DefectsOfTheVectors + 1 },
            _ when isOfOtherAlgorithm => this with { OfOtherAlgorithm = OfOtherAlgorithm + 1 },
            _ when isAccepted => this with { Accepted = Accepted + 1 },
            _ => this with { Refused = Refused + 1 },
        };
    }
}

using AuthCluster.Accounts;
using AuthCluster.Options;
using Xunit;

namespace AuthCluster.Tests.Tokens;

/// <summary>A token has one spelling. Each position, for both kinds, each algorithm, bare and encrypted.</summary>
public sealed class ChangedCharacterTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static TheoryData<TokenAlgorithm, TokenKind, bool> Tokens
    {
        get
        {
            var rows = new TheoryData<TokenAlgorithm, TokenKind, bool>();
            foreach (var algorithm in Enum.GetValues<TokenAlgorithm>())
            {
                foreach (var kind in Enum.GetValues<TokenKind>())
                {
                    rows.Add(algorithm, kind, false);
                    rows.Add(algorithm, kind, true);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task Every_change_of_a_single_character_is_refused(TokenAlgorithm algorithm, TokenKind kind, bool isEncrypted)
    {
        using var deployment = await Deployment.StartAsync(new TokenOptions { Algorithm = algorithm, Encrypt = isEncrypted });
        var issued = deployment.Issuer.Issue(deployment.Grant());
        var token = kind == TokenKind.Access ? issued.Access : issued.Refresh;
        Assert.NotNull(deployment.Reader.Read(token, kind));
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in Replacements(token[i]))
                AssertRefused(string.Concat(token.AsSpan(0, i), [other], token.AsSpan(i + 1)));
            AssertRefused(token.Remove(i, 1));
            foreach (var inserted in (string[])["\n", "=", ".", token[i..(i + 1)]])
                AssertRefused(token.Insert(i, inserted));
            if (i > 0 && token[i] != token[i - 1])
                AssertRefused(string.Concat(token.AsSpan(0, i - 1), [token[i], token[i - 1]], token.AsSpan(i + 1)));
        }

        foreach (var tail in (string[])["=", "==", ".", " ", "\n", "\r\n", "\0", "A", "%3D"])
            AssertRefused(token + tail);

        void AssertRefused(string changed) => Assert.True(deployment.Reader.ReadAny(changed) is null, changed);
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task No_other_last_character_of_a_segment_means_the_same(TokenAlgorithm algorithm, TokenKind kind, bool isEncrypted)
    {
        using var deployment = await Deployment.StartAsync(new TokenOptions { Algorithm = algorithm, Encrypt = isEncrypted });
        var issued = deployment.Issuer.Issue(deployment.Grant());
        var token = kind == TokenKind.Access ? issued.Access : issued.Refresh;
        var lasts = Enumerable.Range(0, token.Length).Where(i => token[i] != '.' && (i == token.Length - 1 || token[i + 1] == '.'));
        foreach (var i in lasts)
        {
            foreach (var other in Alphabet.Where(other => other != token[i]))
                Assert.Null(deployment.Reader.ReadAny(string.Concat(token.AsSpan(0, i), [other], token.AsSpan(i + 1))));
        }
    }

    // The neighbour in the alphabet differs in the last bit only; the character 256 further on is the same one to who reads only a byte of it.
    private static IEnumerable<char> Replacements(char character)
    {
        var place = Alphabet.IndexOf(character, StringComparison.Ordinal);
        var swapped = char.IsUpper(character) ? char.ToLowerInvariant(character) : char.ToUpperInvariant(character);
        char[] inAlphabet = [Alphabet[(place ^ 1) & 63], Alphabet[(place + 32) & 63], swapped];
        char[] others = ['.', '=', ' ', '\0', '+', '/', 'é', (char)(character + 256)];
        return inAlphabet.Concat(others).Where(other => other != character).Distinct();
    }
}

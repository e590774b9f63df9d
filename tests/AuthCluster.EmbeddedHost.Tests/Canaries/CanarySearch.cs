using System.Buffers;
using System.Text;

namespace AuthCluster.EmbeddedHost.Tests.Canaries;

/// <summary>Finds any of many secrets in what must not have them: as they are, in base64, base64url and hexadecimal.</summary>
/// <param name="secrets">
/// Their letters, digits and <c>-_</c> stand for themselves in URLs and JSON, too. Of each at least 20 characters.
/// </param>
internal sealed class CanarySearch(IEnumerable<string> secrets)
{
    private readonly SearchValues<string> _spellings = SearchValues.Create([.. secrets.SelectMany(Spellings)], StringComparison.OrdinalIgnoreCase);

    /// <summary>The first one that is there, with what is around it.</summary>
    public string? Find(string text)
    {
        var place = text.AsSpan().IndexOfAny(_spellings);
        return place < 0 ? null : text[Math.Max(0, place - 100)..Math.Min(text.Length, place + 60)];
    }

    public string? Find(byte[] bytes) => Find(Encoding.Latin1.GetString(bytes));

    private static IEnumerable<string> Spellings(string secret)
    {
        var bytes = Encoding.ASCII.GetBytes(secret);
        yield return secret;
        yield return Convert.ToHexString(bytes);
        // How a text looks in base64 depends on where it begins in what is encoded.
        for (var offset = 0; offset < 3; offset++)
        {
            var encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]).TrimEnd('=');
            var own = encoded[(offset == 0 ? 0 : offset + 1)..^1];
            yield return own;
            yield return own.Replace('+', '-').Replace('/', '_');
        }
    }
}

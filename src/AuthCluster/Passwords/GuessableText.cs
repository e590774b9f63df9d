namespace AuthCluster.Passwords;

/// <summary>What anybody would try first, as zxcvbn estimates it.</summary>
/// <param name="productWords">Names and hosts of the service.</param>
internal sealed class GuessableText(IEnumerable<string> productWords)
{
    /// <summary>Shorter words are in good passwords by chance.</summary>
    private const int ShortestWord = 4;

    private const int LongestUnit = 4;

    /// <summary>
    /// The estimator's work grows with the square of the length and more: up to 4 ms for 24 characters, 80 for 100. So a password is judged
    /// by how it begins; what comes after a guessable beginning of this length does not save it.
    /// </summary>
    private const int EstimatedLength = 24;

    /// <summary>
    /// On its scale from 0 to 4. 2 takes 100 million guesses, which the back-off of logins spreads over centuries; 3 would refuse every other
    /// password of eight random small letters.
    /// </summary>
    private const int LowestScore = 2;

    /// <summary>It reads its word lists (0.1 s, 7 MiB), hence one for all; it keeps nothing of what it is asked.</summary>
    private static readonly Zxcvbn.Zxcvbn Estimator = new();

    private readonly string[] _words = [.. productWords.Select(Folded).SelectMany(WordsOfHost)];

    /// <param name="names">Address and user name of the account: they are as guessable as the service's.</param>
    public bool Covers(string password, IEnumerable<string> names) =>
        IsRepetition(Folded(password)) || Score(password, _words.Concat(names.SelectMany(name => WordsOfEmail(Folded(name))))) < LowestScore;

    private static string Folded(string text) => text.ToLowerInvariant();

    /// <summary>One short unit over and over: "😀😀😀😀", "abcabcab". To the estimator only single letters repeat.</summary>
    private static bool IsRepetition(ReadOnlySpan<char> text)
    {
        for (var unit = 1; unit <= LongestUnit && unit < text.Length; unit++)
        {
            if (text[unit..].SequenceEqual(text[..^unit]))
                return true;
        }

        return false;
    }

    private static int Score(string password, IEnumerable<string> words)
    {
        // It looks words up by the lower case of the server's language; this is the one letter whose lower case differs, in Turkish.
        var text = Beginning(password).Replace('I', 'i');
        return Estimator.EvaluatePassword(text, words.Where(word => word.EnumerateRunes().Count() >= ShortestWord).Select(Beginning)).Score;
    }

    private static string Beginning(string text) => text[..Math.Min(text.Length, EstimatedLength)];

    /// <summary>The whole, the local part, and the names in it and in the domain.</summary>
    private static IEnumerable<string> WordsOfEmail(string email)
    {
        var at = email.LastIndexOf('@');
        var local = at < 0 ? email : email[..at];
        return [email, local, .. Names(local), .. WordsOfHost(email[(at + 1)..])];
    }

    /// <summary>The last label (com, org) is everybody's.</summary>
    private static IEnumerable<string> WordsOfHost(string host) => [host, .. host.Split('.')[..^1].SelectMany(Names)];

    private static string[] Names(string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetter(character) || !char.IsAscii(character) ? character : ' ')).Split(' ');
}

using System.Text;

namespace AuthCluster.Passwords;

/// <summary>What anybody would try first. Small on purpose: no estimator, no frequency lists.</summary>
internal sealed class GuessableText(IEnumerable<string> productWords)
{
    /// <summary>Shorter words and runs are in good passwords by chance.</summary>
    private const int ShortestWord = 4;

    /// <summary>How many code points a password needs besides words, runs and digits.</summary>
    private const int OwnCharacters = 4;

    private const int LongestUnit = 4;

    /// <summary>Dates and telephone numbers (E.164) are no longer than this.</summary>
    private const int LongestNumber = 15;

    /// <summary>Our own list of words that many passwords are built on.</summary>
    private static readonly string[] CommonWords =
    [
        "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "motdepasse", "contraseña", "wachtwoord", "pass", "word", "login",
        "admin", "root", "user", "guest", "test", "demo", "default", "changeme", "letmein", "welcome", "hello", "secret", "iloveyou",
        "love", "master", "super", "dragon", "monkey", "princess", "sunshine", "football", "baseball", "soccer", "summer", "winter",
        "spring", "autumn", "trustno", "computer", "internet", "whatever", "shadow",
    ];

    private readonly string[] _words = [.. CommonWords, .. productWords.Select(Folded)];

    /// <summary>
    /// Whether a password is a number, a repetition, or made of words and runs. It is made of them when fewer than four code points are left
    /// without them and without digits: "alice2024!" for alice@…, but not "alice in chains".
    /// </summary>
    public bool Covers(string password, string email)
    {
        var text = Folded(password);
        if (IsNumber(text) || IsRepetition(text))
            return true;
        var rest = WithoutRuns(WithoutWords(text, _words.Concat(WordsOf(Folded(email)))));
        return rest.Length < text.Length && rest.EnumerateRunes().Count(rune => !Rune.IsDigit(rune)) < OwnCharacters;
    }

    private static string Folded(string text) => text.ToLowerInvariant();

    private static bool IsNumber(string text) => text.Length <= LongestNumber && text.All(char.IsDigit);

    /// <summary>One short unit over and over: "aaaaaaaa", "abcabcab".</summary>
    private static bool IsRepetition(ReadOnlySpan<char> text)
    {
        for (var unit = 1; unit <= LongestUnit && unit < text.Length; unit++)
        {
            if (text[unit..].SequenceEqual(text[..^unit]))
                return true;
        }

        return false;
    }

    /// <summary>The longest first: without "love", "iloveyou" would no longer be found.</summary>
    private static string WithoutWords(string text, IEnumerable<string> words) => words
        .Where(word => word.EnumerateRunes().Count() >= ShortestWord)
        .OrderByDescending(word => word.Length)
        .Aggregate(text, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal));

    /// <summary>The whole, the local part, and the names in it and in the domain. The last label (com, org) is everybody's.</summary>
    private static IEnumerable<string> WordsOf(string email)
    {
        var at = email.LastIndexOf('@');
        var local = at < 0 ? email : email[..at];
        var labels = email[(at + 1)..].Split('.');
        return [email, local, .. Names(local), .. labels[..^1].SelectMany(Names)];
    }

    private static string[] Names(string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetter(character) || !char.IsAscii(character) ? character : ' ')).Split(' ');

    private static string WithoutRuns(string text)
    {
        var rest = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var run = KeyboardRun.Length(text.AsSpan(start));
            if (run < ShortestWord)
                rest.Append(text[start++]);
            else
                start += run;
        }

        return rest.ToString();
    }
}

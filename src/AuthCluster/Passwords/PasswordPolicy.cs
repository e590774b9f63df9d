using AuthCluster.Options;

namespace AuthCluster.Passwords;

/// <summary>
/// Which passwords may be set: long enough, and nothing that is guessed first. No rules on which kinds of characters one must have
/// (NIST SP 800-63B section 3.1.1.2).
/// </summary>
/// <param name="productWords">Names and hosts of the service: not to be built on.</param>
public sealed class PasswordPolicy(PasswordOptions options, params IEnumerable<string> productWords)
{
    private const int MaximumLength = 256;

    private const string HarderToGuess =
        "Choose one that is harder to guess: not your e-mail address, a common word, a number, a keyboard row or a repetition. "
        + "Several unrelated words are good.";

    private static readonly string TooLong = $"Use at most {MaximumLength} characters.";

    private readonly GuessableText _guessable = new(productWords);

    /// <summary>What the user has to do before this password is taken; empty where it is taken.</summary>
    /// <param name="names">The address and user name of the account, also such as are not valid.</param>
    public IReadOnlyList<string> Faults(string password, params IEnumerable<string?> names)
    {
        if (password.Length > NormalizedPassword.LengthLimit)
            return [TooLong];
        if (NormalizedPassword.Of(password) is not { } text)
            return ["Type the password anew: there is half a character or none in it, which cannot be stored."];
        var length = text.EnumerateRunes().Count();
        if (length < options.MinimumLength)
            return [$"Use at least {options.MinimumLength} characters."];
        if (length > MaximumLength)
            return [TooLong];
        if (_guessable.Covers(text, names.OfType<string>().Select(NormalizedPassword.Of).OfType<string>()))
            return [HarderToGuess];
        return [];
    }
}

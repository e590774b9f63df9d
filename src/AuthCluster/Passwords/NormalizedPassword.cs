using System.Buffers;
using System.Text;

namespace AuthCluster.Passwords;

/// <summary>NFKC, so that a password typed on another keyboard or system is the same password (RFC 8265 section 4.2 has the reasons).</summary>
internal static class NormalizedPassword
{
    /// <summary>
    /// UTF-16 code units, as typed. To put combining marks in order takes quadratic time: 64 KB of them cost a second of processor, this many
    /// a millisecond. No password that may be set is longer, in any normalisation form that a keyboard writes.
    /// </summary>
    public const int LengthLimit = 1024;

    /// <summary>
    /// <c>null</c> where the text is too long, or has an unpaired surrogate: such text has no UTF-8 form, and all of them would be stored as
    /// one. The same for U+FFFE, which is no character and which the platform does not normalise.
    /// </summary>
    public static string? Of(string password)
    {
        if (password.Length > LengthLimit)
            return null;
        var rest = password.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done || rest[0] == '\uFFFE')
                return null;
            rest = rest[length..];
        }

        return password.Normalize(NormalizationForm.FormKC);
    }
}

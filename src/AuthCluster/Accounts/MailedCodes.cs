using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts;

/// <summary>How codes of mails' links are kept, found and used up.</summary>
internal static class MailedCodes
{
    /// <summary>Of those that change something, and of those that take something back.</summary>
    private const int Limit = 16;

    public static MailedCode? FindCode(this AccountState state, Guid id, LinkPurpose purpose, Moment moment) =>
        state.Codes.FirstOrDefault(code => code.Purpose == purpose && Secret.Matches(code.Id, id) && moment.Now < code.Expires);

    public static AccountState WithCode(this AccountState state, MailedCode code, DateTimeOffset now)
    {
        var alive = state.Codes.RemoveAll(other => other.Expires <= now);
        var alike = alive.RemoveAll(other => other.IsProtective != code.IsProtective);
        if (alike.Length < Limit)
            return state with { Codes = alive.Add(code) };
        // One that leads back to an earlier address stays before any newer one: a thief would change the address until none is left.
        var spare = code.IsProtective ? alike.FirstOrDefault(other => other.Email == state.Email) ?? alike[^1] : alike[0];
        return state with { Codes = alive.Remove(spare).Add(code) };
    }

    /// <summary>One code was used, or password or address changed: those that change one of them are void.</summary>
    public static AccountState VoidCodes(this AccountState state) => state.WithCodes(state.Codes.RemoveAll(code => !code.IsProtective));

    /// <summary>
    /// The owner of the address that a protective code was mailed to takes the account back. Every session ends, device tokens are void, passkeys are
    /// gone, the account has that address again, and a link for a new password is on its way there. What was mailed after the code may have been read
    /// by a thief, and is void with it. What was mailed before stays good: the thief may be the one who uses this code.
    /// </summary>
    /// <param name="keepEmail">Another account holds that address by now. No link is mailed then: it would go to the thief.</param>
    public static AccountState TakeBack(this AccountState state, MailedCode code, bool keepEmail, ClientFacts client, Moment moment)
    {
        var earlier = state.Codes.Take(state.Codes.IndexOf(code)).Where(other => other.IsProtective);
        var ended = state.EndAllSessions(moment).WithCodes([.. earlier]) with
        {
            DeviceTokenGeneration = state.DeviceTokenGeneration + 1,
            KnownAttempts = [],
            // Whoever had a session may have enrolled one: the owner enrols again.
            Passkeys = [],
        };
        if (code.Email is not { } email || email == state.Email)
            return ended.Post(MailKind.ResetPassword, client, moment);
        return keepEmail ? ended : (ended with { Email = email, EmailVerified = true }).Post(MailKind.ResetPassword, client, moment);
    }

    /// <summary>A mail whose link is void is not sent.</summary>
    private static AccountState WithCodes(this AccountState state, ImmutableArray<MailedCode> codes) => state with
    {
        Codes = codes,
        Mails = state.Mails.RemoveAll(mail => mail.Code is { } code && state.Codes.Contains(code) && !codes.Contains(code)),
    };
}

using AuthCluster.Emails;

namespace AuthCluster.Imports;

/// <summary>By what a user of another system is found here: an address, a user name, or both.</summary>
/// <param name="Fault">Why there is no such user: neither can be had.</param>
/// <param name="Note">Why a user who has an address has no user name here.</param>
internal readonly record struct SourceNames(string? Email, string? Username, string? Fault = null, string? Note = null)
{
    public static SourceNames Of(string? email, string? username)
    {
        if (email is not null && !CanonicalEmail.TryParse(email, out _))
            return new(email, username, Fault: "invalid_email");
        var address = CanonicalEmail.Trim(email);
        if (username is null)
            return new(address, null, Fault: address is null ? "no_email" : null);
        if (CanonicalUsername.TryParse(username, out _))
            return new(address, CanonicalEmail.Trim(username));
        // Many systems fill the user name with the address.
        if (CanonicalEmail.TryParse(username, out var other) && CanonicalEmail.TryParse(email, out var own) && other == own)
            return new(address, null);
        var reason = username.Contains('@', StringComparison.Ordinal) ? ImportNotes.UsernameIsAddress : ImportNotes.InvalidUsername;
        return address is null ? new(null, username, Fault: reason) : new(address, null, Note: reason);
    }
}

/// <summary>Why a user has no user name here.</summary>
internal static class ImportNotes
{
    public const string UsernameTaken = "username_taken";
    public const string UsernameIsAddress = "username_is_address";
    public const string InvalidUsername = "invalid_username";

    public static bool LoseTheUsername(string? reason) => reason is UsernameTaken or UsernameIsAddress or InvalidUsername;
}

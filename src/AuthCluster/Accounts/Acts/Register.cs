using System.Collections.Immutable;
using AuthCluster.Clients;

namespace AuthCluster.Accounts.Acts;

/// <summary>Opens the account.</summary>
public sealed record Register(Guid Id, string Email, string PasswordHash, ClientFacts Client) : Act<AccountView>
{
    /// <summary><c>null</c> where none is wished.</summary>
    public string? Username { get; init; }

    public Profile Profile { get; init; } = Profile.Empty;

    public ImmutableArray<string> Roles { get; init; } = [];

    public bool EmailVerified { get; init; }

    public override Decision<AccountView> Decide(AccountState? state, Moment moment)
    {
        if (state is not null)
            return Decision.Refuse<AccountView>(state, Refusal.EmailTaken);
        if (moment.UsernameIsTaken)
            return Decision.Refuse<AccountView>(state, Refusal.UsernameTaken);
        var opened = Open(moment);
        return Decision.Changed<AccountView>(opened, AccountView.Of(opened), moment, opened.Entry(moment, ActivityEvents.Registered, Client));
    }

    /// <summary>The account as it begins; with a mail to its address where addresses are confirmed.</summary>
    internal AccountState Open(Moment moment)
    {
        var opened = new AccountState
        {
            Id = Id,
            Email = Email,
            Username = Username,
            EmailVerified = EmailVerified,
            PasswordHash = PasswordHash,
            Roles = Roles,
            Profile = Profile,
            AccessSecret = moment.NewSecret(),
            RefreshSecret = moment.NewSecret(),
            Joined = moment.Now,
        };
        return moment.Rules.ConfirmEmail && !EmailVerified
            ? (opened with { AwaitsConfirmation = true, Username = null, WantedUsername = Username }).Request(MailKind.VerifyEmail, Client, moment)!
            : opened;
    }
}

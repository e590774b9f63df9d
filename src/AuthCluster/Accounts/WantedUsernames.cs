namespace AuthCluster.Accounts;

/// <summary>How an account comes to the user name that it was opened for.</summary>
internal static class WantedUsernames
{
    /// <summary>The address is confirmed, or the account is in use: it has the name from now on, unless another account was faster.</summary>
    public static AccountState TakeUsername(this AccountState state, Moment moment) => state.WantedUsername is not { } wanted ? state : state with
    {
        Username = moment.UsernameIsTaken ? state.Username : wanted,
        WantedUsername = null,
    };
}

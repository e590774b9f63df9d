using AuthCluster.Accounts;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace AuthCluster.Http.Hosting;

/// <summary>Who may call what.</summary>
internal static class Policies
{
    public const string User = "user";
    public const string Administrator = "administrator";

    public static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(User, policy => policy
            .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser());
        options.AddPolicy(Administrator, policy => policy
            .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme).RequireRole(AccountState.AdministratorRole));
    }
}

using System.Security.Claims;
using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using AuthCluster.Keys;
using AuthCluster.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthCluster.Benchmarks.ForwardAuth;

/// <summary>What forward-auth is compared with: the same answer from a stateless check as the framework brings it, and from none at all.</summary>
internal static class StockBearer
{
    public const string StockPath = "/benchmark/stock";
    public const string OpenPath = "/benchmark/open";
    public const string BarePath = "/benchmark/bare";

    /// <summary>Stock bearer authentication needs the key itself, and a ring gives no HMAC key away.</summary>
    public static readonly string SharedKey = Convert.ToBase64String("a key for benchmarks, known to all"u8);

    private const string Scheme = "Stock";

    public static void AddStockBearer(this IServiceCollection services, AuthClusterOptions options)
    {
        services.AddAuthentication().AddJwtBearer(Scheme, _ => { });
        services.AddOptions<JwtBearerOptions>(Scheme).Configure<KeyRing>((bearer, keys) =>
        {
            bearer.RequireHttpsMetadata = false;
            bearer.MapInboundClaims = false;
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false });
            bearer.TokenValidationParameters = Parameters(options, keys.Current);
        });
    }

    public static TokenValidationParameters Parameters(AuthClusterOptions options, SigningKey key) => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudience = options.Tokens.Audience,
        ValidTypes = [TokenKind.Access.Type()],
        ValidAlgorithms = [key.AlgorithmName],
        IssuerSigningKey = VerifyingKey(key),
        RoleClaimType = ClaimNames.Roles,
    };

    public static void MapComparedEndpoints(this WebApplication app)
    {
        app.Map(StockPath, (RequestDelegate)AnswerFromClaims)
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());
        // Made as forward-auth is made: what is left is the check alone.
        app.Map(OpenPath, (RequestDelegate)AnswerConstants).ShortCircuit();
        app.Map(BarePath, (RequestDelegate)(_ => Task.CompletedTask)).ShortCircuit();
    }

    private static SecurityKey VerifyingKey(SigningKey key)
    {
        if (key.PublicJwk is not { } members)
            return new SymmetricSecurityKey(Convert.FromBase64String(SharedKey)) { KeyId = key.Id };
        return new JsonWebKey { Kty = members["kty"], Crv = members["crv"], X = members["x"], Y = members["y"], Kid = key.Id };
    }

    private static Task AnswerFromClaims(HttpContext http)
    {
        var user = http.User;
        Answer(
            http,
            user.FindFirstValue(ClaimNames.Subject)!,
            user.FindFirstValue(ClaimNames.Email)!,
            string.Join(',', user.FindAll(ClaimNames.Roles).Select(role => role.Value)),
            user.FindFirstValue(ClaimNames.Session)!);
        return Task.CompletedTask;
    }

    private static Task AnswerConstants(HttpContext http)
    {
        Answer(http, "0199f1f0-5d5a-7c6e-8a39-d3e0e1b0c001", "user0000000@example.com", "editor", "77f0f7a2-3c40-4a9e-9f55-0b9a1e5c1b1d");
        return Task.CompletedTask;
    }

    private static void Answer(HttpContext http, string user, string email, string roles, string session)
    {
        var headers = http.Response.Headers;
        headers["X-Auth-User"] = user;
        headers["X-Auth-Email"] = email;
        headers["X-Auth-Email-Verified"] = "false";
        headers["X-Auth-Roles"] = roles;
        headers["X-Auth-Session"] = session;
    }
}

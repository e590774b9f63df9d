using AuthCluster.Http.Admin;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bodies;
using AuthCluster.Http.Legacy;
using AuthCluster.Http.Operations;
using AuthCluster.Http.Pages;
using AuthCluster.Http.RateLimits;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Http.Services;
using AuthCluster.Http.Settings;
using AuthCluster.Http.User;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCluster.Http.Hosting;

/// <summary>The route table.</summary>
internal static class Routes
{
    public static void MapUser(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/api/user").WithTags("user").AddEndpointFilter(BodyFilter.InvokeAsync);
        open.MapPost("create", Create.HandleAsync).LimitPerAddress().Answers<RegisteredAnswer>(201).Answers(202).Problems(400, 403, 409, 429, 503);
        open.MapPost("login", Login.HandleAsync).LimitPerAddress().Answers<TokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
        open.MapPost("login/mfa", LoginMfa.HandleAsync).LimitPerAddress().Answers<TokenAnswer>().Problems(400, 401, 409, 429, 503);
        open.MapPost("login/legacy", LoginLegacy.HandleAsync).LimitPerAddress().Answers<TokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
        open.MapPost("login/refresh", Refresh.HandleAsync).Answers<TokenAnswer>().Problems(400, 401, 503);
        open.MapPost("login/verify", Verify.HandleAsync).Answers<IDictionary<string, object>>().Problems(400, 401, 503);

        open.MapPost("login/passkey/options", LoginPasskeyOptions.HandleAsync)
            .LimitPerAddress().Answers<IDictionary<string, object>>().Problems(400, 401, 429);
        open.MapPost("login/passkey", LoginPasskey.HandleAsync).LimitPerAddress().Answers<TokenAnswer>().Problems(400, 401, 403, 409, 429, 503);

        open.MapMails();

        var own = open.MapGroup("").RequireAuthorization(Policies.User);
        own.MapPost("logout", Logout.HandleAsync).TakeLegacyTokens().Answers(204).Problems(401, 503);
        own.MapPost("logout/all", LogoutAll.HandleAsync).TakeLegacyTokens().Answers(204).Problems(401, 503);
        own.MapPost("logout/others", LogoutOthers.HandleAsync).Answers<TokenAnswer>().Problems(401, 429, 503);
        own.MapGet("view", ViewUser.HandleAsync).TakeLegacyTokens().Answers<UserAnswer>().Problems(401, 503);
        own.MapPatch("profile", PatchProfile.HandleAsync).Answers<UserAnswer>().Problems(400, 401, 429, 503);
        own.MapPost("password", Password.HandleAsync).LimitPerAddress().Answers<TokenAnswer>().Problems(400, 401, 429, 503);
        own.MapPost("email", Email.HandleAsync).RequireStepUp().LimitPerAddress().Answers(202).Problems(400, 401, 403, 429, 503);
        own.MapGet("devices", Devices.HandleAsync).TakeLegacyTokens().Answers<DeviceAnswer[]>().Problems(401, 503);
        own.MapDelete("devices/{id}", DeleteDevice.HandleAsync).Answers(204).Problems(401, 404, 503);
        own.MapGet("activity", Activity.HandleAsync).TakeLegacyTokens().Answers<ActivityAnswer[]>().Problems(400, 401, 503);
        own.MapGet("export", Export.HandleAsync).Answers<ExportAnswer>().Problems(401, 503);
        own.MapMethods("delete", ["DELETE", "POST"], Delete.HandleAsync).RequireStepUp().LimitPerAddress().Answers(204).Problems(400, 401, 403, 409, 429, 503);
        own.MapSecondFactor();
        own.MapPasskeys();
    }

    private static void MapPasskeys(this RouteGroupBuilder own)
    {
        own.MapPost("passkeys/options", PasskeyOptions.HandleAsync)
            .RequireStepUp().LimitPerAddress().Answers<IDictionary<string, object>>().Problems(400, 401, 403, 409, 429, 503);
        own.MapPost("passkeys", PasskeyCreate.HandleAsync)
            .RequireStepUp().LimitPerAddress().Answers<PasskeyAnswer>(201).Problems(400, 401, 403, 409, 429, 503);
        own.MapGet("passkeys", PasskeyList.HandleAsync).Answers<PasskeyAnswer[]>().Problems(401, 503);
        own.MapPatch("passkeys/{id}", PasskeyRename.HandleAsync).Answers<PasskeyAnswer>().Problems(400, 401, 404, 429, 503);
        own.MapDelete("passkeys/{id}", PasskeyDelete.HandleAsync).RequireStepUp().Answers(204).Problems(401, 403, 404, 409, 429, 503);
    }

    private static void MapMails(this RouteGroupBuilder open)
    {
        open.MapPost("verify", VerifyAddress.HandleAsync).LimitPerAddress().Answers(204).Problems(400, 429, 503);
        open.MapPost("verify/resend", VerifyResend.HandleAsync).LimitPerAddress().Answers(202).Problems(400, 429, 503);
        open.MapPost("password/reset", PasswordReset.HandleAsync).LimitPerAddress().Answers(202).Problems(400, 429, 503);
        open.MapPost("password/reset/confirm", PasswordResetConfirm.HandleAsync).LimitPerAddress().Answers(204).Problems(400, 429, 503);
        open.MapPost("email/confirm", EmailConfirm.HandleAsync).LimitPerAddress().Answers(204).Problems(400, 409, 429, 503);
        open.MapPost("not-me", NotMe.HandleAsync).LimitPerAddress().Answers(204).Problems(400, 429, 503);
    }

    private static void MapSecondFactor(this RouteGroupBuilder own)
    {
        own.MapPost("totp/create", TotpCreate.HandleAsync).LimitPerAddress().Answers<TotpAnswer>(201).Problems(400, 401, 409, 429, 503);
        own.MapPost("totp/confirm", TotpConfirm.HandleAsync).LimitPerAddress().Answers<TokenAnswer>().Problems(400, 401, 409, 429, 503);
        own.MapPost("totp/login", TotpLogin.HandleAsync).LimitPerAddress().Answers<TokenAnswer>().Problems(400, 401, 409, 429, 503);
        own.MapPost("totp/delete", TotpDelete.HandleAsync)
            .RequireStepUp().LimitPerAddress().Answers<TokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
        own.MapPost("static/create", StaticCreate.HandleAsync)
            .LimitPerAddress().Answers<EmergencyCodesAnswer>(201).Problems(400, 401, 409, 429, 503);
    }

    /// <summary>The pages, and their sessions: what answers a token response under <c>/api/user</c>, with the refresh token in a cookie.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<PageOptions>().Enabled)
            return;
        app.MapDocuments();
        var pages = app.MapGroup("/api/session").WithTags("pages")
            .AddEndpointFilter(OwnOrigin.FilterAsync).AddEndpointFilter(PageTokens.FilterAsync).AddEndpointFilter(BodyFilter.InvokeAsync);
        ((IEndpointConventionBuilder)pages).Finally(BodyMetadata.TakeJsonOnly);
        pages.MapPost("login", PageLogin.HandleAsync).LimitPerAddress().Answers<PageTokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
        pages.MapPost("login/mfa", LoginMfa.HandleAsync).LimitPerAddress().Answers<PageTokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
        pages.MapPost("login/passkey", PagePasskeyLogin.HandleAsync)
            .LimitPerAddress().Answers<PageTokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
        pages.MapPost("refresh", PageRefresh.HandleAsync).Answers<PageTokenAnswer>().Problems(401, 403, 503);
        pages.MapPost("logout", PageLogout.HandleAsync).Answers(204).Problems(401, 403, 503);

        var own = pages.MapGroup("").RequireAuthorization(Policies.User);
        own.MapPost("logout/others", LogoutOthers.HandleAsync).Answers<PageTokenAnswer>().Problems(401, 403, 429, 503);
        own.MapPost("password", Password.HandleAsync).LimitPerAddress().Answers<PageTokenAnswer>().Problems(400, 401, 403, 429, 503);
        own.MapPost("totp/confirm", TotpConfirm.HandleAsync).LimitPerAddress().Answers<PageTokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
        own.MapPost("totp/login", TotpLogin.HandleAsync).LimitPerAddress().Answers<PageTokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
        own.MapPost("totp/delete", TotpDelete.HandleAsync)
            .RequireStepUp().LimitPerAddress().Answers<PageTokenAnswer>().Problems(400, 401, 403, 409, 429, 503);
    }

    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/api/admin").WithTags("admin").RequireAuthorization(Policies.Administrator)
            .AddEndpointFilter(BodyFilter.InvokeAsync).AddEndpointFilter(AuthorityFilter.InvokeAsync);
        admin.MapGet("users", FindUsers.HandleAsync).Answers<ListAnswer<UserAnswer>>().Problems(400, 401, 403, 503);
        admin.MapGet("users/{id}", GetUser.HandleAsync).Answers<UserAnswer>().Problems(401, 403, 404, 503);
        admin.MapPatch("users/{id}", PatchUser.HandleAsync).Answers<UserAnswer>().Problems(400, 401, 403, 404, 409, 503);
        admin.MapDelete("users/{id}", DeleteUser.HandleAsync).Answers(204).Problems(401, 403, 404, 409, 503);
        admin.MapPost("users/{id}/revoke", RevokeUserTokens.HandleAsync).Answers(204).Problems(400, 401, 403, 404, 503);
        admin.MapPost("users/revoke", RevokeUsers.HandleAsync).Answers<RevokedUsersAnswer>().Problems(400, 401, 403, 503);
        admin.MapGet("users/{id}/devices", UserDevices.HandleAsync).Answers<ListAnswer<DeviceAnswer>>().Problems(401, 403, 404, 503);
        admin.MapDelete("users/{id}/devices/{device}", DeleteUserDevice.HandleAsync).Answers(204).Problems(401, 403, 404, 503);
        admin.MapGet("users/{id}/activity", UserActivity.HandleAsync).Answers<ListAnswer<AdministratorActivityAnswer>>().Problems(400, 401, 403, 404, 503);
        admin.MapGet("activity", AllActivity.HandleAsync).Answers<ListAnswer<LoggedActivityAnswer>>().Problems(400, 401, 403, 503);
        admin.MapPost("keys/rotate", RotateKeys.HandleAsync).Answers(204).Problems(400, 401, 403, 409, 503);
    }

    public static void MapServices(this IEndpointRouteBuilder app)
    {
        var forwardAuth = app.ServiceProvider.GetRequiredService<ForwardAuth>();
        // A request delegate, run straight from routing: what the proxy waits for on every request passes no middleware it does not need.
        app.Map("/api/forward-auth/{**path}", (RequestDelegate)forwardAuth.HandleAsync).ShortCircuit().WithTags("services");
        var services = app.MapGroup("").WithTags("services");
        services.MapGet("/.well-known/jwks.json", KeySet.HandleAsync).Answers<KeySetAnswer>();
        services.MapGet("/.well-known/oauth-authorization-server", ServerMetadata.Handle).Answers<MetadataAnswer>();
        services.MapGet("/.well-known/openid-configuration", ServerMetadata.Handle).Answers<MetadataAnswer>();
        services.MapGet("/.well-known/passkey-endpoints", PasskeyEndpoints.Handle).Answers<PasskeyEndpointsAnswer>();
        // Credentials are judged before the body: each handler answers for its own.
        services.MapPost("/oauth/introspect", Introspect.HandleAsync).Answers<IDictionary<string, object>>().Problems(400, 401, 429, 503);
        services.MapPost("/oauth/revoke", Revoke.HandleAsync).Answers(200).Problems(400, 401, 429, 503);
        services.MapGet("/api/revocations", Revocations.HandleAsync).Produces(200, contentType: RevocationStream.ContentType).Problems(400, 401, 429, 503);
        services.MapPost("/oauth/global-token-revocation", RevokeSubject.HandleAsync).Answers(204).Problems(400, 401, 403, 404, 429, 503);
    }

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        var operations = app.MapGroup("").WithTags("operations");
        operations.MapGet("/health/live", Health.Live).Answers<HealthAnswer>();
        operations.MapGet("/health/ready", Health.ReadyAsync).Answers<HealthAnswer>().Problems(503);
        app.MapGet($"/openapi/{OpenApiEndpoint.Version}.json", OpenApiEndpoint.HandleAsync).ExcludeFromDescription();
        app.MapApiPage();
    }

    /// <summary>Where people go. Mails lead to some of these (<c>/verify</c>, <c>/reset</c>, <c>/email</c>, <c>/not-me</c>).</summary>
    private static void MapDocuments(this IEndpointRouteBuilder app)
    {
        foreach (var address in (string[])["/", "/register", "/forgot", "/verify", "/reset", "/email", "/not-me", "/account/{**page}", "/admin/{**page}"])
            app.MapGet(address, BuiltPages.Index).ExcludeFromDescription();
        app.MapGet("/assets/{name}", BuiltPages.Asset).ExcludeFromDescription();
    }

    private static RouteHandlerBuilder LimitPerAddress(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new LimitedPerAddress());

    private static RouteHandlerBuilder TakeLegacyTokens(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new TakesLegacyTokens());

    private static RouteHandlerBuilder RequireStepUp(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(StepUpFilter.InvokeAsync);

    private static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = 200) => endpoint.Produces<T>(status);

    private static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int status) => endpoint.Produces(status);

    private static void Problems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<ProblemBody>(status, Problem.ContentType);
    }
}

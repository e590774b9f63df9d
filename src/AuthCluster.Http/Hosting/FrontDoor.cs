using AuthCluster.Http.Activities;
using AuthCluster.Http.Answers;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Captcha;
using AuthCluster.Http.Commands;
using AuthCluster.Http.Legacy;
using AuthCluster.Http.Logins;
using AuthCluster.Http.Logs;
using AuthCluster.Http.Mails;
using AuthCluster.Http.Operations;
using AuthCluster.Http.Pages;
using AuthCluster.Http.Passkeys;
using AuthCluster.Http.Proxies;
using AuthCluster.Http.RateLimits;
using AuthCluster.Http.SecondFactors;
using AuthCluster.Http.Services;
using AuthCluster.Http.Settings;
using AuthCluster.Keys;
using AuthCluster.Passwords;
using AuthCluster.Tokens;
using AuthCluster.Tokens.Legacy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCluster.Http.Hosting;

/// <summary>
/// The HTTP front door. A host adds it to its services, and <see cref="IAccounts"/>, <see cref="IEventLog"/> and <see cref="IKeyRingStore"/>
/// of its own.
/// </summary>
public static class FrontDoor
{
    /// <summary>Bodies are small; what is larger is refused before it is read.</summary>
    private const int BodySizeLimit = 64 * 1024;

    public static IServiceCollection AddFrontDoor(this IServiceCollection services, AuthClusterOptions options, MasterKey masterKey)
    {
        services.AddSettings(options, masterKey);
        services.AddTokens(options);
        services.AddLogins(options);
        services.AddSecondFactors(options);
        services.AddMails();
        services.AddSingleton<OwnOrigin>().AddSingleton<PageCookies>().AddSingleton<BuiltPages>();
        services.AddBearerAuthentication();
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.Cors.Origins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Retry-After", "WWW-Authenticate")));
        services.AddInterfaceDescription(options.PublicUrl);
        services.AddHealthChecks();
        services.AddSingleton<Readiness>();
        // It quotes headers that are malformed, and the token in them.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None));
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodySizeLimit;
            RequestHeaders.Configure(kestrel);
        });
        services.AddHostedService<RefusedRequests>();
        return services;
    }

    /// <summary>What has to be there before the first request.</summary>
    /// <param name="patience">How long an account that is out of reach is waited for.</param>
    /// <exception cref="BadConfigurationException">The settings ask for what cannot be.</exception>
    public static async Task PrepareFrontDoorAsync(this IServiceProvider services, TimeSpan patience = default)
    {
        var keys = services.GetRequiredService<KeyRing>();
        var verifiedTokens = services.GetRequiredService<VerifiedTokenCache>();
        keys.KeysRetired += (_, _) => verifiedTokens.Clear();
        services.GetRequiredService<MailTemplates>().ParseAll();
        await keys.OpenAsync();
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(services.GetRequiredService<PasswordLane>().LogScheme);
        await EnsureFirstAdministratorAsync(services, patience);
        await services.RecordStartAsync();
    }

    private static async Task EnsureFirstAdministratorAsync(IServiceProvider services, TimeSpan patience)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                await services.GetRequiredService<FirstAdministrator>().EnsureAsync();
                return;
            }
            catch (StateUnavailableException) when (time.GetElapsedTime(begun) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), time);
            }
        }
    }

    public static void UseFrontDoor(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<AnswerMiddleware>();
        app.UseMiddleware<RequestTargetMiddleware>();
        app.UseRouting();
        app.UseCors();
        app.UseMiddleware<AddressLimitMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapUser();
        app.MapPages();
        app.MapAdmin();
        app.MapServices();
        app.MapOperations();
        DevelopmentMailbox.Map(app);
    }

    private static void AddSettings(this IServiceCollection services, AuthClusterOptions options, MasterKey masterKey)
    {
        services.AddSingleton(options).AddSingleton(options.Rules).AddSingleton(masterKey);
        services.AddSingleton(options.Tokens).AddSingleton(options.Binding).AddSingleton(options.Registration);
        services.AddSingleton(options.Passwords).AddSingleton(options.Proxies).AddSingleton(options.Captcha).AddSingleton(options.Bootstrap);
        services.AddSingleton(options.Pages);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutageLog>();
    }

    private static void AddTokens(this IServiceCollection services, AuthClusterOptions options)
    {
        services.AddSingleton<KeyRing>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TokenIssuer>(provider, options.Issuer));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TokenReader>(provider, options.Issuer));
        services.AddSingleton<VerifiedTokenCache>().AddSingleton<DeviceTokens>().AddSingleton<TokenCheck>();
        services.AddSingleton(provider => new LegacyTokenReader(options.Legacy, provider.GetRequiredService<TimeProvider>())).AddSingleton<LegacyCheck>();
        services.AddSingleton<TokenAnswers>().AddSingleton<ForwardAuth>().AddSingleton<Assertions>().AddSingleton<RevocationStream>();
        services.AddHostedService<KeyRotation>().AddHostedService<ActivityRetention>().AddHostedService<RevocationRetention>().AddHostedService<MismatchLog>();
    }

    private static void AddLogins(this IServiceCollection services, AuthClusterOptions options)
    {
        services.AddSingleton(new PasswordPolicy(options.Passwords, ProductWords(options)));
        services.AddSingleton<PasswordHasher>().AddSingleton(_ => new HashLane());
        services.AddSingleton<PasswordLane>().AddSingleton<CurrentPassword>().AddSingleton<PasswordLogin>();
        services.AddSingleton<Registration>().AddSingleton<LoginCaptcha>().AddSingleton<CaptchaCheck>().AddSingleton<TrustedProxies>();
        services.AddSingleton<UnknownAddresses>().AddSingleton<RecentActivity>().AddSingleton<FirstAdministrator>();
        services.AddSingleton(provider => new ServiceCredentials(options.Services, provider.GetRequiredService<AddressLimiter>()));
        services.AddSingleton<Revokers>();
        services.AddSingleton(provider => new AddressLimiter(
            options.RateLimits.PerAddress, provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddSecondFactors(this IServiceCollection services, AuthClusterOptions options)
    {
        // What the owner's app calls the service.
        var name = options.PublicUrl is { } url ? new Uri(url).Host : "AuthCluster";
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TotpSecrets>(provider, name));
        services.AddSingleton<ForeignCodes>().AddSingleton<SecondFactorCodes>().AddSingleton<ChallengeCheck>();
        services.AddSingleton<PasskeyChallenges>().AddSingleton<PasskeyCeremonies>().AddSingleton<PasskeyLogin>().AddSingleton<PublicAddress>();
    }

    private static string[] ProductWords(AuthClusterOptions options) =>
        options.PublicUrl is { } url ? ["authcluster", new Uri(url).Host] : ["authcluster"];

    private static void AddBearerAuthentication(this IServiceCollection services)
    {
        // Without a default scheme only endpoints that ask for a token judge one: create, login and verify do not pay for it.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", isEnabled: true);
        // The core only: AddAuthentication also brings data protection, with keys of its own in the home directory.
        services.AddAuthenticationCore().AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<JwtBearerOptions, AccountBearerHandler>(JwtBearerDefaults.AuthenticationScheme, _ => { });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        services.AddAuthorization(Policies.Configure);
    }

    private static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<TrustedProxies>();
        app.UseMiddleware<UntrustedForwardingMiddleware>();
        if (proxies.Any)
            app.UseForwardedHeaders(proxies.ForwardedHeaders);
    }
}

using AuthCluster.Http.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCluster.Http.Mails;

/// <summary>What sends mails.</summary>
internal static class MailServices
{
    /// <summary>Files in the default directory, which nobody else empties.</summary>
    private const int KeptByDefault = 1000;

    public static void AddMails(this IServiceCollection services)
    {
        services.AddSingleton<LinkTokens>().AddSingleton<MailTemplates>().AddSingleton<MailWriter>().AddSingleton<MailRequests>();
        services.AddSingleton<IMailTransport>(provider => Transport(
            provider.GetRequiredService<AuthClusterOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<MailSender>();
    }

    /// <summary>Where mails are put that no mail server takes.</summary>
    public static string DirectoryOf(AuthClusterOptions options) => options.Mail.Directory ?? Path.Combine(options.DataDirectory, "mail");

    private static IMailTransport Transport(AuthClusterOptions options, TimeProvider time)
    {
        if (options.Mail.Smtp.Host is not null)
            return new SmtpTransport(options.Mail.Smtp);
        return new DirectoryTransport(DirectoryOf(options), options.Mail.Directory is null ? KeptByDefault : null, time);
    }
}

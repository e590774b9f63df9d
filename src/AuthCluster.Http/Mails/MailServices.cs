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

    private static IMailTransport Transport(AuthClusterOptions options, TimeProvider time)
    {
        if (options.Mail.Smtp.Host is not null)
            return new SmtpTransport(options.Mail.Smtp);
        return options.Mail.Directory is { } directory
            ? new DirectoryTransport(directory, kept: null, time)
            : new DirectoryTransport(Path.Combine(options.DataDirectory, "mail"), KeptByDefault, time);
    }
}

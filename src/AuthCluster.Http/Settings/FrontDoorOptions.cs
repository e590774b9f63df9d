using System.Net;
using System.Text;

using AuthCluster.Options;

namespace AuthCluster.Http.Settings;

public sealed class ProxyOptions : ICheckedSection
{
    /// <summary>Stands for every peer on a Unix socket: the file's mode decides who that may be.</summary>
    public const string UnixSockets = "unix";

    /// <summary>
    /// Addresses or networks (CIDR) of proxies, or <see cref="UnixSockets"/>; only these may set forwarding headers.
    /// </summary>
    public List<string> Trusted { get; set; } = [];

    public IEnumerable<SettingFault?> Check() =>
        from text in Trusted
        where text != UnixSockets
        where !IsAddress(text.Split('/')[0]) || (text.Contains('/', StringComparison.Ordinal) && !IPNetwork.TryParse(text, out _))
        select new SettingFault(nameof(Trusted), $"must be IP addresses, networks such as 10.0.0.0/8, or unix, but has \"{text}\".");

    /// <summary>IPAddress also reads "10" (as 0.0.0.10) and "[::1]:80": the one is a typo, the port of the other has no effect.</summary>
    private static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) ? text[0] != '[' : address.ToString() == text);
}

public sealed class CorsOptions : ICheckedSection
{
    /// <summary>Origins of single page apps that may call.</summary>
    public List<string> Origins { get; set; } = [];

    public IEnumerable<SettingFault?> Check() =>
        from text in Origins
        where !IsOrigin(text)
        select new SettingFault(nameof(Origins), $"must be origins as browsers send them, such as https://app.example.com, but has \"{text}\".");

    /// <summary>Origins are compared as texts (RFC 6454 section 5): lower case, no default port, nothing behind the host.</summary>
    private static bool IsOrigin(string text) =>
        Ascii.IsValid(text) && SettingRule.HttpUrl(text)?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) == text;
}

public sealed class PageOptions
{
    /// <summary>Whether the pages, and their sessions, are there.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether the pages' access token is a cookie of the whole site, for <c>forward-auth</c>.</summary>
    public bool AccessCookie { get; set; }
}

public sealed class MailOptions : ICheckedSection
{
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Without SMTP each mail is a file here. Default: <c>mail</c> in the data directory.</summary>
    public string? Directory { get; set; }

    public string? From { get; set; }

    /// <summary>A directory with templates of one's own, each in place of the one of the same name.</summary>
    public string? Templates { get; set; }

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.That(Templates is null || System.IO.Directory.Exists(Templates), nameof(Templates), "must be a directory."),
        SettingRule.That(From is null || System.Net.Mail.MailAddress.TryCreate(From, out _), nameof(From), "must be an e-mail address."),
    ];
}

/// <summary>How the connection to a mail server is encrypted.</summary>
public enum SmtpTls
{
    /// <summary>From STARTTLS on, which a server on another machine must offer.</summary>
    StartTls,

    /// <summary>From the first byte, as on port 465.</summary>
    Implicit,

    /// <summary>Where the server offers it: for a network that nobody else reads.</summary>
    None,
}

public sealed class SmtpOptions : ICheckedSection
{
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    public SmtpTls Tls { get; set; } = SmtpTls.StartTls;

    /// <summary>A PEM file with the authority of the mail server's certificate, where the system does not know it.</summary>
    public string? Authority { get; set; }

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.That(Authority is null || File.Exists(Authority), nameof(Authority), "must be a PEM file."),
        SettingRule.That(Host is not null || (User is null && Password is null), nameof(Host), "must be given with Mail:Smtp:User."),
        SettingRule.That(Host is null || Uri.CheckHostName(Host) != UriHostNameType.Unknown, nameof(Host), "must be a host name or an address."),
        SettingRule.Between(nameof(Port), Port, 1, 65535),
        SettingRule.That(User is not null || Password is null, nameof(User), "must be given with Mail:Smtp:Password."),
        SettingRule.That(Password is not null || User is null, nameof(Password), "must be given with Mail:Smtp:User."),
    ];
}

/// <summary>A service that may introspect tokens and read the revocation feed.</summary>
public sealed class ServiceOptions : ICheckedSection
{
    public string? Id { get; set; }

    public string? Secret { get; set; }

    /// <summary>SHA-256 of the secret, hex, in place of the secret.</summary>
    public string? SecretHash { get; set; }

    public IEnumerable<SettingFault?> Check() =>
    [
        // In HTTP Basic the first colon ends the user id (RFC 7617 section 2).
        SettingRule.That(Id is not null && Id.All(c => c is > ' ' and <= '~' and not ':'), nameof(Id), "must be given: ASCII, no space, no colon."),
        SettingRule.That(Secret is null != SecretHash is null, nameof(Secret), "must be given, or SecretHash in its place, not both."),
        SettingRule.ServiceSecret(nameof(Secret), Secret),
        SettingRule.That(
            SecretHash is null || (SecretHash.Length == 64 && SecretHash.All(char.IsAsciiHexDigit)),
            nameof(SecretHash),
            "must be a SHA-256 hash: 64 hexadecimal digits."),
    ];
}

public sealed class WebhookOptions : ICheckedSection
{
    public string? Url { get; set; }

    public string? Secret { get; set; }

    public IEnumerable<SettingFault?> Check() =>
    [
        SettingRule.That(Url is not null, nameof(Url), "must be given."),
        SettingRule.SafeUrl(nameof(Url), Url),
        SettingRule.That(Secret is not null, nameof(Secret), "must be given."),
        SettingRule.ServiceSecret(nameof(Secret), Secret),
    ];
}

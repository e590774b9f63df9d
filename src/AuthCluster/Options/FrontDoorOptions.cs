namespace AuthCluster.Options;

public sealed class ProxyOptions
{
    /// <summary>Addresses or networks (CIDR) of proxies; only these may set forwarding headers.</summary>
    public List<string> Trusted { get; set; } = [];
}

public sealed class CorsOptions
{
    /// <summary>Origins of single page apps that may call.</summary>
    public List<string> Origins { get; set; } = [];
}

public sealed class MailOptions
{
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Without SMTP each mail is a file here. Default: <c>mail</c> in the data directory.</summary>
    public string? Directory { get; set; }

    public string? From { get; set; }
}

public sealed class SmtpOptions
{
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }
}

/// <summary>A service that may introspect tokens and read the revocation feed.</summary>
public sealed class ServiceOptions
{
    public string? Id { get; set; }

    public string? Secret { get; set; }

    /// <summary>SHA-256 of the secret, hex, in place of the secret.</summary>
    public string? SecretHash { get; set; }
}

public sealed class WebhookOptions
{
    public string? Url { get; set; }

    public string? Secret { get; set; }
}

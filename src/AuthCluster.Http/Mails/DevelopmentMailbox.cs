using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using AuthCluster.Http.Bearer;
using AuthCluster.Http.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace AuthCluster.Http.Mails;

/// <summary>
/// Shows the mails of the directory in a browser, while an application is being developed. Their links reset passwords, so it is there in the
/// environment <c>Development</c> alone, and for browsers on this machine.
/// </summary>
internal sealed partial class DevelopmentMailbox(string directory)
{
    private const string Path = "/mailbox";

    /// <summary>The newest.</summary>
    private const int Limit = 100;

    // The mail's own style, and nothing that it could load or run.
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<AuthClusterOptions>();
        if (!app.Environment.IsDevelopment() || options.Mail.Smtp.Host is not null)
            return;
        var mailbox = new DevelopmentMailbox(MailServices.DirectoryOf(options));
        app.MapGet(Path, (Delegate)mailbox.ListAsync).ExcludeFromDescription();
        app.MapGet(Path + "/{name}", mailbox.ShowAsync).ExcludeFromDescription();
    }

    private async Task<IResult> ListAsync(HttpContext http)
    {
        if (!IsOnThisMachine(http))
            return TypedResults.NotFound();
        var rows = new List<string>();
        foreach (var file in Files().Take(Limit))
        {
            if (await ReadAsync(file) is { } mail)
                rows.Add(Row(System.IO.Path.GetFileNameWithoutExtension(file), mail));
        }

        var table = rows.Count == 0
            ? "<p>No mail was sent yet.</p>"
            : $"<table><tr><th>when</th><th>to</th><th>subject</th></tr>{string.Concat(rows)}</table>";
        return Page(http, "Mailbox", $"<h1>Mailbox</h1>{table}");
    }

    private async Task<IResult> ShowAsync(string name, HttpContext http)
    {
        // A name counts only where it is one of those that are listed: a path in it leads nowhere.
        var file = Files().FirstOrDefault(file => System.IO.Path.GetFileNameWithoutExtension(file) == name);
        if (!IsOnThisMachine(http) || file is null || await ReadAsync(file) is not { } mail)
            return TypedResults.NotFound();
        var text = Link().Replace(Encoded(mail.TextBody), link => $"<a href=\"{link.Value}\">{link.Value}</a>");
        return Page(http, mail.Subject ?? "", $"""
            <p><a href="{Path}">Mailbox</a></p>
            <h1>{Encoded(mail.Subject)}</h1>
            <p>From {Encoded(mail.From.ToString())}<br>To {Encoded(mail.To.ToString())}<br>{When(mail)}</p>
            <pre>{text}</pre>
            <h2>As HTML</h2>
            <iframe sandbox srcdoc="{Encoded(mail.HtmlBody)}"></iframe>
            """);
    }

    private static bool IsOnThisMachine(HttpContext http) => http.Client().Address is not { } address || IPAddress.IsLoopback(address);

    /// <summary>Newest first: their names begin with the time.</summary>
    private IEnumerable<string> Files() =>
        Directory.Exists(directory) ? Directory.GetFiles(directory, "*.eml").OrderDescending(StringComparer.Ordinal) : [];

    /// <summary><c>null</c> where the file was taken away meanwhile, or is no mail.</summary>
    private static async Task<MimeMessage?> ReadAsync(string file)
    {
        try
        {
            return await MimeMessage.LoadAsync(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private static string Row(string name, MimeMessage mail) =>
        $"<tr><td>{When(mail)}</td><td>{Encoded(mail.To.ToString())}</td>"
        + $"<td><a href=\"{Path}/{Uri.EscapeDataString(name)}\">{Encoded(mail.Subject)}</a></td></tr>";

    private static string When(MimeMessage mail) => mail.Date.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Encoded(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private static ContentHttpResult Page(HttpContext http, string title, string body)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return TypedResults.Text($$"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>{{Encoded(title)}}</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
            td, th { text-align: left; padding: .2rem 1rem .2rem 0 }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f4f4; padding: 1rem }
            iframe { width: 100%; height: 30rem; border: 1px solid #ccc }
            </style>
            {{body}}
            </html>
            """, "text/html; charset=utf-8");
    }

    [GeneratedRegex("https?://[^\\s&]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}

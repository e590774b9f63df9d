using System.Globalization;
using System.Text.Encodings.Web;
using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using Fluid;
using Fluid.Values;
using MimeKit;

namespace AuthCluster.Http.Mails;

/// <summary>
/// Writes mails from templates: the text, whose first line is the subject, and the HTML. Links begin with the server's public address.
/// </summary>
internal sealed class MailWriter(MailTemplates templates, LinkTokens tokens, AuthClusterOptions options, PublicAddress address)
{
    private static readonly TemplateOptions Rendering = new() { CultureInfo = CultureInfo.InvariantCulture };

    /// <exception cref="BadConfigurationException">A template of the operator's cannot be read.</exception>
    public async Task<MimeMessage> WriteAsync(Guid accountId, WaitingMail mail)
    {
        var template = templates.Of(mail.Kind);
        var context = Context(accountId, mail);
        var text = (await template.Text.RenderAsync(context)).ReplaceLineEndings("\n");
        var (subject, body) = text.Split('\n', 2) is [var first, var rest] ? (first.Trim(), rest.TrimStart('\n')) : (text.Trim(), "");
        var written = new MimeMessage
        {
            Subject = subject,
            Date = mail.At,
            MessageId = $"{mail.Id:N}@{new Uri(BaseUrl).Host}",
            Body = new BodyBuilder { TextBody = body, HtmlBody = await template.Html.RenderAsync(context, HtmlEncoder.Default) }.ToMessageBody(),
        };
        written.From.Add(MailboxAddress.Parse(options.Mail.From ?? $"no-reply@{new Uri(BaseUrl).Host}"));
        written.To.Add(new MailboxAddress(name: null, mail.To));
        // RFC 3834: nobody's "I am on holiday" answers it.
        written.Headers.Add("Auto-Submitted", "auto-generated");
        return written;
    }

    private string BaseUrl => address.Url;

    private TemplateContext Context(Guid accountId, WaitingMail mail)
    {
        var context = new TemplateContext(Rendering);
        context.SetValue("email", mail.To);
        context.SetValue("new_email", mail.NewEmail);
        context.SetValue("ip", mail.Address);
        context.SetValue("device", mail.Device);
        context.SetValue("time", new StringValue(mail.At.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)));
        context.SetValue("service", new Uri(BaseUrl).Host);
        if (mail.Code is { } code)
            context.SetValue("link", new StringValue($"{BaseUrl}/{PageOf(code.Purpose)}#token={tokens.Make(accountId, code)}"));
        return context;
    }

    private static string PageOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.VerifyEmail => "verify",
        LinkPurpose.ResetPassword => "reset",
        LinkPurpose.ChangeEmail or LinkPurpose.UndoEmailChange => "email",
        LinkPurpose.NotMe => "not-me",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, message: null),
    };
}

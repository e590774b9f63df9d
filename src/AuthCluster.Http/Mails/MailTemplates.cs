using System.Collections.Concurrent;
using AuthCluster.Accounts;
using AuthCluster.Http.Settings;
using Fluid;

namespace AuthCluster.Http.Mails;

/// <summary>The templates of mails, in Liquid: those that came with the program, or the operator's own of the same name.</summary>
internal sealed class MailTemplates(AuthClusterOptions options)
{
    private static readonly FluidParser Parser = new();

    private readonly ConcurrentDictionary<MailKind, MailTemplate> _parsed = new();

    public MailTemplate Of(MailKind kind) => _parsed.GetOrAdd(kind, Parse);

    /// <summary>Parses every template, so that a fault in one of the operator's stops the start.</summary>
    /// <exception cref="BadConfigurationException">One cannot be read.</exception>
    public void ParseAll()
    {
        foreach (var kind in Enum.GetValues<MailKind>())
            Of(kind);
    }

    private MailTemplate Parse(MailKind kind)
    {
        var name = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
        return new MailTemplate(Parse(name + ".txt"), Parse(name + ".html"));
    }

    private IFluidTemplate Parse(string name)
    {
        var own = options.Mail.Templates is { } directory ? Path.Combine(directory, name) : null;
        var source = own is not null && File.Exists(own) ? File.ReadAllText(own) : Shipped(name);
        return Parser.TryParse(source, out var template, out var error)
            ? template
            : throw new BadConfigurationException($"AuthCluster:Mail:Templates: {own}: {error}");
    }

    private static string Shipped(string name)
    {
        using var resource = typeof(MailTemplates).Assembly.GetManifestResourceStream($"AuthCluster.Http.Mails.Templates.{name}")
            ?? throw new InvalidOperationException($"The template {name} is missing.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}

/// <summary>One kind of mail. The first line of the text is the subject.</summary>
internal sealed record MailTemplate(IFluidTemplate Text, IFluidTemplate Html);

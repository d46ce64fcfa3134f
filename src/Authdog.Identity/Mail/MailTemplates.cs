using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Fluid;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Authdog.Identity.Mail;

/// <summary>Renders messages from Liquid templates: first line the subject, then the text; the HTML part is made of the same paragraphs.</summary>
/// <remarks>Liquid runs no code, and what a template prints has no line breaks or control characters, so that no value makes a header or a paragraph of its own (I13).</remarks>
internal sealed class MailTemplates(IOptions<MailOptions> options, OptionsOverlay<BrandOptions> brand)
{
    private static readonly FluidParser s_parser = new();
    private readonly ConcurrentDictionary<(string Template, string Language), IFluidTemplate> _templates = new();

    public async Task<MimeMessage> RenderAsync(MailMessage message)
    {
        var language = PageTexts.For(message.Culture) is { } texts ? texts.Language : PageTexts.Available[0];
        var template = _templates.GetOrAdd((message.Template, language), key => Load(key.Template, key.Language));
        var values = message.Values.Add("product", brand.For(message.Tenant).ProductName);

        var (subject, text) = Split(await template.RenderAsync(Context(values), NullEncoder.Default));
        var (_, encoded) = Split(await template.RenderAsync(Context(values), HtmlEncoder.Default));

        var mail = new MimeMessage { Subject = subject };
        mail.From.Add(MailboxAddress.Parse(options.Value.From));
        mail.To.Add(new MailboxAddress(string.Empty, message.To.Value));
        // Answers by machines (RFC 3834): no vacation notes, please.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Body = new BodyBuilder { TextBody = text, HtmlBody = Html(language, subject, encoded) }.ToMessageBody();
        return mail;
    }

    private static TemplateContext Context(ImmutableDictionary<string, string> values)
    {
        var context = new TemplateContext();
        foreach (var (name, value) in values)
        {
            context.SetValue(name, new string([.. value.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]));
        }

        return context;
    }

    private static (string Subject, string Text) Split(string rendered)
    {
        var end = rendered.IndexOf('\n', StringComparison.Ordinal);
        return (rendered[..end].Trim(), rendered[end..].Trim('\n') + "\n");
    }

    private static string Html(string language, string subject, string encodedText)
    {
        var html = new StringBuilder()
            .Append("<!DOCTYPE html><html lang=\"").Append(language).Append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(HtmlEncoder.Default.Encode(subject))
            .Append("</title></head><body style=\"font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.5;max-width:34em;margin:2em auto;padding:0 1em\">");
        foreach (var paragraph in encodedText.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            html.Append("<p>").Append(Paragraph(paragraph)).Append("</p>");
        }

        return html.Append("</body></html>").ToString();
    }

    private static string Paragraph(string encoded) => encoded switch
    {
        ['h', 't', 't', 'p', ..] when !encoded.Contains(' ', StringComparison.Ordinal) => $"<a href=\"{encoded}\">{encoded}</a>",
        { Length: 6 } when encoded.All(char.IsAsciiDigit) => $"<strong style=\"font-size:1.5em;letter-spacing:.2em\">{encoded}</strong>",
        _ => encoded.Replace("\n", "<br>", StringComparison.Ordinal),
    };

    private static IFluidTemplate Load(string template, string language)
    {
        var assembly = typeof(MailTemplates).Assembly;
        // Resource names keep the separator of the machine that built them.
        using var stream = assembly.GetManifestResourceStream($"mail/{language}/{template}")
            ?? assembly.GetManifestResourceStream($"mail/{language}\\{template}")
            ?? throw new ArgumentException($"There is no mail template '{template}' in '{language}'.", nameof(template));
        using var reader = new StreamReader(stream);
        return s_parser.Parse(reader.ReadToEnd());
    }
}

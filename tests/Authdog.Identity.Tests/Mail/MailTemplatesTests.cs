using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Authdog.Identity.Tests.Mail;

public sealed class MailTemplatesTests
{
    private static readonly string[] s_names = ["verify-email", "already-registered", "recover", "security-notice"];

    public static TheoryData<string, string> All => [.. from language in PageTexts.Available from name in s_names select (name, language)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task HasSubjectTextAndHtml_WhenRenderedInEveryLanguage(string template, string language)
    {
        var mail = await RenderAsync(template, language, "Product", "http://gateway.test/x?token=abc&lang=en");

        mail.Subject!.ShouldContain("Product");
        mail.TextBody!.ShouldContain("http://gateway.test/x?token=abc&lang=en");
        mail.HtmlBody!.ShouldContain("<a href=\"http://gateway.test/x?token=abc&amp;lang=en\">");
        (mail.TextBody + mail.HtmlBody).ShouldNotContain("{{");
    }

    [Theory]
    [InlineData("a\r\nBcc: victim@example.com")]
    [InlineData("a\nSubject: other\n\nhttp://evil.example/")]
    [InlineData("a\u2028\u2029b")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("{{ link }}{% include 'x' %}")]
    [Trait("Threat", "I13")]
    public async Task AddsNoHeaderParagraphOrMarkup_WhenAValueHoldsThem(string value)
    {
        var mail = await RenderAsync("recover", "en", value, "http://gateway.test/");

        using var bytes = new MemoryStream();
        await mail.WriteToAsync(bytes, TestContext.Current.CancellationToken);
        bytes.Position = 0;
        var sent = await MimeMessage.LoadAsync(bytes, TestContext.Current.CancellationToken);
        sent.Headers.Select(header => header.Field).ShouldBe(["Auto-Submitted", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"], ignoreOrder: true);
        sent.To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe("ada@example.com");
        sent.TextBody!.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("http", StringComparison.Ordinal)).ShouldBe(["http://gateway.test/"]);
        sent.HtmlBody!.ShouldNotContain("<script");
    }

    private static async Task<MimeMessage> RenderAsync(string template, string language, string product, string link)
    {
        EmailAddress.TryParse("ada@example.com", out var to).ShouldBeTrue();
        var templates = new MailTemplates(Options.Create(new MailOptions()), Brands.Of(new BrandOptions { ProductName = product }));
        var values = ImmutableDictionary<string, string>.Empty.Add("link", link).Add("login", link).Add("recover", link).Add("code", "123456");
        return await templates.RenderAsync(new MailMessage(to, template, language, values));
    }
}

using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.SignUp.Domains;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.SignUp;

/// <summary>Who signs up with an address that is not theirs for long, or nobody's, or the same once more.</summary>
public sealed class SignUpDomainTests : IAsyncLifetime
{
    private readonly MailDns _dns = new(new Dictionary<string, (string? Mx, bool HasAddress)>
    {
        ["example.com"] = ("mx.example.com", false),
        ["gmail.com"] = ("mx.example.com", false),
        ["address-only.example"] = (null, true),
        ["null-mx.example"] = (".", true),
        ["nothing.example"] = (null, false),
    });

    private readonly PagesHost _host = new();

    public ValueTask InitializeAsync()
    {
        _host.With("SignUp:Domains:RefuseDisposable", "true").With("SignUp:Domains:RequireMailServer", "true").With("SignUp:Domains:FoldPlusAddresses", "true")
            .With("SignUp:Domains:Resolvers:0", _dns.Address).With("SignUp:Domains:Timeout", "00:00:00.300");
        return _host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _dns.DisposeAsync();
    }

    [Fact]
    public async Task IsRefusedOrTaken_ByItsDomainAlone()
    {
        using var browser = _host.NewBrowser();
        (await SignUpAsync(browser, "ada@mailinator.com")).Text.ShouldContain("given away for minutes");
        (await SignUpAsync(browser, "ada@0-mail.com")).Text.ShouldContain("given away for minutes");
        (await SignUpAsync(browser, "ada@null-mx.example")).Text.ShouldContain("No mail can be delivered");
        (await SignUpAsync(browser, "ada@nothing.example")).Text.ShouldContain("No mail can be delivered");
        (await SignUpAsync(browser, "ada@absent.example")).Text.ShouldContain("No mail can be delivered");
        (await SignUpAsync(browser, "ada@example.com")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await SignUpAsync(browser, "ada@address-only.example")).Status.ShouldBe(HttpStatusCode.SeeOther);

        // A name server that is away keeps nobody out.
        _dns.IsSilent = true;
        (await SignUpAsync(browser, "ada@unknown.example")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task AnswersAsEver_WhenTheMailboxHasAnAccountUnderAnotherName()
    {
        using var browser = _host.NewBrowser();
        var name = Guid.NewGuid().ToString("N")[..12];
        await new Person($"{name}.x@gmail.com", "correct horse battery 77").SignUpAsync(_host, browser);

        (await SignUpAsync(browser, $"{name}x+shop@gmail.com")).Status.ShouldBe(HttpStatusCode.SeeOther);

        (await _host.Mail.ReceiveAsync($"{name}x+shop@gmail.com")).TextBody!.ShouldContain("account");
        Mailbox.Code(await _host.Mail.ReceiveAsync($"{name}x+shop@gmail.com")).ShouldBeEmpty("it is the message for who has an account already");
    }

    [Theory]
    [InlineData("Ada+shop@Example.com", "ADA@EXAMPLE.COM")]
    [InlineData("a.d.a+x@googlemail.com", "ADA@GMAIL.COM")]
    [InlineData("a.d.a@example.com", "A.D.A@EXAMPLE.COM")]
    [InlineData("+x@example.com", "+X@EXAMPLE.COM")]
    public void MailboxIsTheOneBehindTheAddress(string text, string mailbox)
    {
        EmailAddress.TryParse(text, out var email).ShouldBeTrue();
        email!.Mailbox.ShouldBe(mailbox);
    }

    [Fact]
    public async Task UsesTheOperatorsList_WhenThereIsOne()
    {
        var update = _host.Services.GetRequiredService<DisposableDomainUpdate>();
        var list = Path.Combine(_host.Folder, "list.txt");
        await File.WriteAllTextAsync(list, "# mine\nThrowAway.Example\n*.many.example\n", TestContext.Current.CancellationToken);
        (await update.UpdateAsync(list, CancellationToken.None)).ShouldBe((2, null));
        _host.Time.Advance(TimeSpan.FromMinutes(1));

        var domains = _host.Services.GetRequiredService<DisposableDomains>();
        domains.Contains("throwaway.example").ShouldBeTrue();
        domains.Contains("a.throwaway.example").ShouldBeFalse();
        domains.Contains("a.b.many.example").ShouldBeTrue();
        domains.Contains("many.example").ShouldBeTrue();
        domains.Contains("mailinator.com").ShouldBeFalse();

        // A list with a mistake changes nothing.
        await File.WriteAllTextAsync(list, "good.example\nnot a domain\n", TestContext.Current.CancellationToken);
        (await update.UpdateAsync(list, CancellationToken.None)).Mistake!.ShouldContain("list.txt(2)");
        await File.WriteAllTextAsync(list, """["one.example", "two.example"]""", TestContext.Current.CancellationToken);
        (await update.UpdateAsync(list, CancellationToken.None)).ShouldBe((2, null));
        File.Delete(domains.File);
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        domains.Contains("mailinator.com").ShouldBeTrue();
        domains.Contains("example.com").ShouldBeFalse();
    }

    private static async Task<ReceivedPage> SignUpAsync(Browser browser, string email) =>
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.SignUp), ("email", email), ("name", "Ada"), ("password", "correct horse battery 77"));
}

using System.Net;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Sso.Setup;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit.Saml;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Metadata of SAML identity providers that are slow, down, or not what they say: words for who gives its address, an event when it is read again, and what is known stays.</summary>
[Collection(OidcCollection.Name)]
[Trait("Threat", "I9")]
public sealed class SamlProviderFaultTests(OidcFixture oidc) : IAsyncLifetime
{
    private const string Start = "/.authdog/setup";
    private const string Entity = "https://idp.example/entity";
    private static readonly string s_certificate = SamlIdpKey.Create("idp").Certificate.Replace("-----BEGIN CERTIFICATE-----", string.Empty, StringComparison.Ordinal).Replace("-----END CERTIFICATE-----", string.Empty, StringComparison.Ordinal);

    private static readonly Dictionary<string, (Func<HttpContext, Task> Answer, string Cause)> s_faults = new()
    {
        ["Slow"] = (static context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted), "within 2 s"),
        ["Down"] = (static context => { context.Abort(); return Task.CompletedTask; }, "cannot be reached"),
        ["Answers500"] = (static context => WriteAsync(context, Metadata(Entity), 500), "500"),
        ["TenMegabytes"] = (static context => WriteAsync(context, new string(' ', 10 * 1024 * 1024) + Metadata(Entity)), "1 MiB"),
        ["Html"] = (static context => WriteAsync(context, "<!DOCTYPE html><html><body>Sign in</body></html>"), "AG500"),
        ["Redirect302"] = (static context => { context.Response.Redirect("elsewhere"); return Task.CompletedTask; }, "redirects"),
        ["LyingAboutItsName"] = (static context => WriteAsync(context, Metadata("https://attacker.example/entity")), Entity),
    };

    private readonly string _slug = "m" + Guid.NewGuid().ToString("N")[..10];
    private readonly Browser _admin = oidc.Host.NewBrowser();

    public static TheoryData<string> Faults => [.. s_faults.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await oidc.Host.Services.GetRequiredService<ConnectionChanges>().DeleteAsync(TenantId.Default, _slug, Cancel);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task SaysSo_WhenTheProviderDoesNotAnswerAsItShould(string fault)
    {
        var (answer, cause) = s_faults[fault];
        var issuer = oidc.NewIssuer();
        issuer.Instead["/metadata"] = static context => WriteAsync(context, Metadata(Entity));
        var (link, _) = await oidc.Host.Services.GetRequiredService<SetupLinks>().InviteAsync(TenantId.Default, _slug, ConnectionKind.Saml, SetupLinks.DefaultLifetime, Cancel);
        await _admin.SubmitAsync(await _admin.GetAsync(link!), Start);
        (await GiveAsync(issuer)).Location.ShouldBe(Start + "/domain");

        // Read again, as upkeep does: an event, and nothing is lost.
        issuer.Instead["/metadata"] = answer;
        await using var scope = await oidc.Host.ScopeAsync();
        (await scope.ServiceProvider.GetRequiredService<SamlRefresh>().RunAsync(await ConnectionAsync(), Cancel)).ShouldBe(SamlRefreshOutcome.Troubled);
        (await EventsAsync()).ShouldHaveSingleItem().ShouldContain(cause);
        SamlConnections.Read((await ConnectionAsync()).Settings).EntityId.ShouldBe(Entity);

        // Given anew, by who sets the connection up: words on the page. Whose metadata it is, it says itself there.
        if (fault is not ("Slow" or "LyingAboutItsName"))
        {
            var page = await GiveAsync(issuer);
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            page.Text.ShouldContain(cause);
            page.Text.ShouldContain(fault is "Html" ? "We cannot use this." : "We could not read the metadata there.");
        }

        issuer.Asked.ShouldNotContain(request => request.Path == "/elsewhere");
    }

    private static string Metadata(string entity) => $"""
        <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
          <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
            <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{s_certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
            <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>
          </IDPSSODescriptor>
        </EntityDescriptor>
        """;

    private static async Task WriteAsync(HttpContext context, string text, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync(text);
    }

    private async Task<ReceivedPage> GiveAsync(TestIssuer issuer) => await _admin.SubmitAsync(await _admin.GetAsync(Start + "/metadata"), Start + "/metadata", ("url", issuer.Url + "/metadata"));

    private async Task<ConnectionRecord> ConnectionAsync() =>
        (await oidc.Host.Services.GetRequiredService<Connections>().OfAsync(TenantId.Default, Cancel)).Find(_slug)!;

    private async Task<IReadOnlyList<string>> EventsAsync()
    {
        await using var context = oidc.Host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        return await context.Set<AuditEntry>().Where(entry => entry.Kind == AuditEventKind.ConnectionChanged && entry.Detail!.StartsWith(_slug + ": metadata: ")).Select(entry => entry.Detail!).ToListAsync(Cancel);
    }
}

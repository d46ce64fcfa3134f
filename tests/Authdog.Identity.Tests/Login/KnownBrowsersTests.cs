using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Login;

[Collection(PagesCollection.Name)]
public sealed class KnownBrowsersTests(PagesHost host)
{
    [Fact]
    [Trait("Threat", "I2")]
    public void BrowserOfOneAccountIsAStranger_AtAnotherAndAtAnotherTenant()
    {
        var browsers = host.Services.GetRequiredService<KnownBrowsers>();
        EmailAddress.TryParse("ada@example.com", out var ada).ShouldBeTrue();
        EmailAddress.TryParse("bob@example.com", out var bob).ShouldBeTrue();
        DefaultHttpContext context = new();
        browsers.Remember(context, TenantId.Default, ada!, []);
        var cookie = context.Response.Headers.SetCookie.ToString().Split(';')[0];
        context = new DefaultHttpContext();
        context.Request.Headers.Cookie = cookie;

        browsers.Find(context, TenantId.Default, ada!).ShouldNotBeNull();
        browsers.Find(context, TenantId.Default, bob!).ShouldBeNull();
        browsers.Find(context, TenantId.Parse("another"), ada!).ShouldBeNull();

        context.Request.Headers.Cookie = cookie.Replace("=CfDJ8", "=CfDJ9", StringComparison.Ordinal);
        browsers.Find(context, TenantId.Default, ada!).ShouldBeNull();
    }
}

using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Setup;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>A customer's IT administrator, with a link and no account, connects their OpenID Provider.</summary>
[Collection(OidcCollection.Name)]
public sealed partial class OidcSetupTests(OidcFixture oidc) : IAsyncLifetime
{
    private const string Start = "/.authdog/setup";
    private readonly string _slug = "s" + Guid.NewGuid().ToString("N")[..10];
    private readonly Browser _admin = oidc.Host.NewBrowser();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Domain => _slug + ".test";

    private ConnectionChanges Changes => oidc.Host.Services.GetRequiredService<ConnectionChanges>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await Changes.DeleteAsync(TenantId.Default, _slug, Cancel);
        await using var context = Directory();
        await context.Set<TenantDomain>().Where(row => row.Domain == Domain).ExecuteDeleteAsync(Cancel);
        await Changes.TellAsync(TenantId.Default);
    }

    [Fact]
    public async Task GuidesFromTheLinkToALiveConnection()
    {
        var issuer = oidc.NewIssuer();
        var link = await OpenAsync();
        var values = await _admin.FollowAsync(await _admin.SubmitAsync(await _admin.GetAsync(Start + "/provider"), Start + "/provider", ("provider", "keycloak")));
        values.Text.ShouldContain($"{PagesHost.PublicUrl}/.authdog/oidc/{_slug}/callback");
        values.Text.ShouldContain("Valid post logout redirect URIs");
        (await _admin.GetAsync($"/.authdog/oidc/{_slug}/jwks.json")).Html.ShouldContain("\"use\":\"sig\"");
        (await _admin.SubmitAsync(await _admin.GetAsync(Start + "/test"), Start + "/test")).Text.ShouldContain("First give us the issuer");

        (await _admin.FollowAsync(await GiveAsync(issuer))).Text.ShouldContain("Your e-mail domain");
        (await _admin.FollowAsync(await _admin.SubmitAsync(await _admin.GetAsync(Start + "/domain"), Start + "/domain", ("domain", Domain)))).Text.ShouldContain("authdog-domain-verification=");
        (await _admin.GetAsync(Start + "/live")).Text.ShouldContain("try a sign-in first");
        await VerifyDomainAsync();

        issuer.Person = new JsonObject { ["sub"] = "person-1", ["email"] = "ada@" + Domain, ["name"] = "Ada", ["groups"] = new JsonArray("staff", "finance"), ["shoe_size"] = 39 };
        var report = await TryAsync(issuer);
        report.Title.ShouldBe("It works");
        Said(report, "sub").ShouldBe(("person-1", "The person's lasting name"));
        Said(report, "email").ShouldBe(("ada@" + Domain, "E-mail address"));
        Said(report, "groups").ShouldBe(("staff, finance", "Groups (optional)"));
        Said(report, "shoe_size").ShouldBe(("39", "not used"));
        _admin.Cookie("authdog").ShouldBeNull();

        (await _admin.SubmitAsync(await _admin.GetAsync(Start + "/live"), Start + "/live")).Title.ShouldBe("It is live");
        using var ada = oidc.Host.NewBrowser();
        var connection = new TestConnection(oidc.Host, await ConnectionAsync(), Domain, issuer);
        (await connection.SignInAsync(ada)).Location.ShouldBe("/app");
        (await _admin.GetAsync(link)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ShowsItselfByItsKey_WhenThatIsChosen()
    {
        var issuer = oidc.NewIssuer();
        await OpenAsync();

        (await GiveAsync(issuer, ("authentication", "private_key_jwt"), ("secret", ""))).Location.ShouldBe(Start + "/domain");

        var (_, authorization, form) = issuer.Asked.Last(asked => asked.Path == "/token");
        (authorization, form.ContainsKey("client_assertion"), form.ContainsKey("client_secret")).ShouldBe(("", true, false));
    }

    [Theory]
    [InlineData("client", "does not accept the client ID")]
    [InlineData("discovery", "could not be read under this issuer")]
    [InlineData("keys", "or it publishes none")]
    [InlineData("issuer", "calls itself otherwise")]
    public async Task SaysInWordsWhatIsWrong_WhenTheProviderIsAsked(string fault, string words)
    {
        var issuer = oidc.NewIssuer();
        switch (fault)
        {
            case "client":
                issuer.Instead["/token"] = static context => TestIssuer.JsonAsync(context, new JsonObject { ["error"] = "invalid_client" }, 401);
                break;
            case "discovery":
                issuer.Instead["/.well-known/openid-configuration"] = static context => TestIssuer.JsonAsync(context, [], 500);
                break;
            case "keys":
                issuer.Instead["/jwks"] = static context => TestIssuer.JsonAsync(context, [], 500);
                break;
            default:
                issuer.Discovery = static document => document["issuer"] = "https://another.example";
                break;
        }

        await OpenAsync();
        var page = await GiveAsync(issuer);

        (page.Status, page.Text.Contains(words, StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), page.Text);
    }

    [Theory]
    [InlineData("refused", "did not sign you in")]
    [InlineData("alg", "signed in a way that we do not accept")]
    [InlineData("audience", "meant for another app")]
    [InlineData("expired", "do not fit our clock")]
    [InlineData("kid", "signed by a key that your provider does not publish")]
    [InlineData("scope", "does not give this app the scopes")]
    [InlineData("grant", "did not take the answer back from us")]
    [InlineData("userInfo", "did not say who you are")]
    [InlineData("noEmail", "No e-mail address was sent")]
    [InlineData("otherDomain", "is not of")]
    public async Task SaysInWordsWhatIsWrong_WhenASignInIsTried(string fault, string words)
    {
        var issuer = oidc.NewIssuer();
        await OpenAsync();
        await GiveAsync(issuer);
        await _admin.SubmitAsync(await _admin.GetAsync(Start + "/domain"), Start + "/domain", ("domain", Domain));
        issuer.Person["email"] = "ada@" + (fault is "otherDomain" ? "elsewhere.example" : Domain);
        (issuer.Header, issuer.Payload) = fault switch
        {
            "alg" => (header => header["alg"] = "HS256", null),
            "audience" => (null, claims => claims["aud"] = "another"),
            "expired" => (null, claims => claims["exp"] = 1),
            "kid" => (header => header["kid"] = "unknown", null),
            "noEmail" or "userInfo" => ((Action<JsonObject>?)null, (Action<JsonObject>?)(claims => claims.Remove("email"))),
            _ => (null, null),
        };
        issuer.UserInfo = new JsonObject { ["sub"] = "person-1" };
        if (fault is "userInfo")
        {
            issuer.Instead["/userinfo"] = static context => TestIssuer.JsonAsync(context, [], 500);
        }

        var report = await TryAsync(issuer, fault switch
        {
            "refused" => ("error", "access_denied"),
            "scope" => ("error", "invalid_scope"),
            "grant" => ("code", "another"),
            _ => ("code", issuer.Code),
        });

        (report.Title, report.Text.Contains(words, StringComparison.Ordinal)).ShouldBe(("It does not work yet", true), report.Text);
        (await _admin.GetAsync(Start + "/live")).Text.ShouldContain("try a sign-in first");
    }

    [Theory]
    [Trait("Threat", "I9")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://ada@idp.example")]
    [InlineData("https://idp.example/?x=1")]
    [InlineData("not an address")]
    [InlineData("")]
    public async Task RefusesTheIssuer_WhenItIsHostile(string issuer)
    {
        await OpenAsync();

        var page = await _admin.SubmitAsync(await _admin.GetAsync(Start + "/client"), Start + "/client", ("issuer", issuer), ("client", "x"), ("authentication", "private_key_jwt"));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Text.ShouldContain("This is no issuer");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task SignsNobodyIn_WhenTheAnswerIsATrials_OrTheConnectionIsNotLive()
    {
        var issuer = oidc.NewIssuer();
        await OpenAsync();
        await GiveAsync(issuer);
        var asked = await AskAsync(issuer);
        await using var another = await oidc.ConnectAsync();

        // Another connection's callback knows nothing of it; its own takes it once, whoever brings it, and gives a report that only the link's holder sees.
        using var stranger = oidc.Host.NewBrowser();
        (await stranger.GetAsync(QueryHelpers.AddQueryString(another.Callback, asked))).Status.ShouldBe(HttpStatusCode.BadRequest);
        var led = await stranger.GetAsync(QueryHelpers.AddQueryString($"/.authdog/oidc/{_slug}/callback", asked));
        led.Location!.ShouldStartWith(Start + "/test?report=");
        (await stranger.GetAsync(led.Location!)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync(QueryHelpers.AddQueryString($"/.authdog/oidc/{_slug}/callback", asked))).Status.ShouldBe(HttpStatusCode.NotFound);
        stranger.Cookie("authdog").ShouldBeNull();
    }

    private async Task<string> OpenAsync()
    {
        var (link, mistakes) = await oidc.Host.Services.GetRequiredService<SetupLinks>().InviteAsync(TenantId.Default, _slug, ConnectionKind.Oidc, SetupLinks.DefaultLifetime, Cancel);
        mistakes.ShouldBeEmpty();
        (await _admin.SubmitAsync(await _admin.GetAsync(link!), Start)).Location.ShouldBe(Start + "/provider");
        return link!;
    }

    private async Task<ReceivedPage> GiveAsync(TestIssuer issuer, params (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] usual = [("issuer", issuer.Url), ("client", TestIssuer.Client), ("authentication", "secret"), ("secret", TestIssuer.Secret)];
        return await _admin.SubmitAsync(await _admin.GetAsync(Start + "/client"), Start + "/client", [.. usual.Where(one => fields.All(field => field.Name != one.Name)), .. fields]);
    }

    private async Task<Dictionary<string, string?>> AskAsync(TestIssuer issuer)
    {
        var page = await _admin.SubmitAsync(await _admin.GetAsync(Start + "/test"), Start + "/test");
        var query = QueryHelpers.ParseQuery(new Uri(WebUtility.HtmlDecode(Links().Match(page.Html).Groups[1].Value)).Query);
        query["redirect_uri"].ToString().ShouldBe($"{PagesHost.PublicUrl}/.authdog/oidc/{_slug}/callback");
        issuer.Nonce = query["nonce"]!;
        return new Dictionary<string, string?> { ["code"] = issuer.Code, ["state"] = query["state"] };
    }

    private async Task<ReceivedPage> TryAsync(TestIssuer issuer, (string Name, string Value)? answer = null)
    {
        var asked = await AskAsync(issuer);
        if (answer is var (name, value))
        {
            asked.Remove("code");
            asked[name] = value;
        }

        return await _admin.FollowAsync(await _admin.GetAsync(QueryHelpers.AddQueryString($"/.authdog/oidc/{_slug}/callback", asked)));
    }

    private static (string Values, string Becomes) Said(ReceivedPage report, string claim)
    {
        var row = Regex.Match(report.Html, $"<dt><code>{claim}</code></dt>\\s*<dd>([^<]*)<br><span class=\"badge\">([^<]*)</span>");
        return (WebUtility.HtmlDecode(row.Groups[1].Value), WebUtility.HtmlDecode(row.Groups[2].Value));
    }

    private async Task VerifyDomainAsync()
    {
        await using var context = Directory();
        var now = oidc.Host.Time.GetUtcNow();
        await context.Set<TenantDomain>().Where(row => row.Domain == Domain).ExecuteUpdateAsync(set => set.SetProperty(row => row.VerifiedAt, now), Cancel);
        await Changes.TellAsync(TenantId.Default);
    }

    private async Task<Connection> ConnectionAsync()
    {
        await using var context = Directory();
        return await context.Set<Connection>().SingleAsync(row => row.Slug == _slug, Cancel);
    }

    private DirectoryContext Directory()
    {
        var context = oidc.Host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        return context;
    }

    [GeneratedRegex("href=\"(http[^\"]+/authorize[^\"]*)\"")]
    private static partial Regex Links();
}

using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>A connection as a person meets it.</summary>
internal sealed partial class TestConnection(PagesHost host, Connection row, string domain, TestIssuer issuer) : IAsyncDisposable
{
    public string Slug => row.Slug;

    public string Provider => $"connection:{row.Id:N}";

    public string Domain => domain;

    public TestIssuer Issuer => issuer;

    public string Callback => $"/.authdog/oidc/{Slug}/callback";

    /// <summary>Types an address and returns what the provider is asked.</summary>
    public async Task<Dictionary<string, string>> BeginAsync(Browser browser, string? email = null, string target = "/app", string more = "")
    {
        email ??= "ada@" + domain;
        issuer.Person["email"] = email;
        var page = await browser.GetAsync($"{PagePaths.Login}?return={Uri.EscapeDataString(target)}{more}");
        page = await browser.FollowAsync(page);
        return Asked(page.Html.Contains(issuer.Url + "/authorize", StringComparison.Ordinal) ? page : await browser.FollowAsync(await browser.SubmitAsync(page, PagePaths.Login, ("email", email))));
    }

    /// <summary>What the page that leads to the provider asks it.</summary>
    public Dictionary<string, string> Asked(ReceivedPage page)
    {
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        var address = WebUtility.HtmlDecode(Links().Match(page.Html).Groups[1].Value);
        address.ShouldStartWith(issuer.Url + "/authorize?", customMessage: page.Text);
        var query = QueryHelpers.ParseQuery(new Uri(address).Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (query.TryGetValue("nonce", out var nonce))
        {
            issuer.Nonce = nonce;
        }

        return query;
    }

    /// <summary>Brings the provider's answer.</summary>
    public Task<ReceivedPage> AnswerAsync(Browser browser, Dictionary<string, string> asked, params (string Name, string? Value)[] further)
    {
        var query = new Dictionary<string, string?> { ["code"] = issuer.Code, ["state"] = asked["state"] };
        foreach (var (name, value) in further)
        {
            query[name] = value;
        }

        return browser.GetAsync(QueryHelpers.AddQueryString(Callback, query.Where(pair => pair.Value is not null).ToDictionary()));
    }

    /// <summary>The whole sign-in; returns the answer to the callback.</summary>
    public async Task<ReceivedPage> SignInAsync(Browser browser, string? email = null) => await AnswerAsync(browser, await BeginAsync(browser, email));

    public async ValueTask DisposeAsync()
    {
        await host.Services.GetRequiredService<ConnectionChanges>().DeleteAsync(TenantId.Default, Slug, CancellationToken.None);
        await using var context = host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        await context.Set<TenantDomain>().Where(row => row.Domain == domain).ExecuteDeleteAsync();
    }

    [GeneratedRegex("href=\"(http[^\"]+/authorize[^\"]*)\"")]
    private static partial Regex Links();
}

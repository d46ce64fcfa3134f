using System.Net;
using System.Text.RegularExpressions;
using Authdog.TestKit.Saml;

namespace Authdog.Gateway.Tests.Sso;

/// <summary>A person at a browser: knows the gateway by its cookies, and identity providers by another jar. What an identity provider's page posts to the gateway comes without the gateway's cookies, as <c>SameSite=Lax</c> has it.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly Uri _gateway;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _own;
    private readonly HttpClient _crossSite;

    public Visitor(Uri gateway)
    {
        _gateway = gateway;
        _own = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = gateway };
        _crossSite = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = gateway };
        Provider = new SamlBrowser(gateway.AbsoluteUri);
        foreach (var client in new[] { _own, _crossSite })
        {
            client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        }
    }

    /// <summary>The same browser at the identity providers.</summary>
    public SamlBrowser Provider { get; }

    public async Task<Seen> GetAsync(string address) => await SeeAsync(await _own.GetAsync(address));

    /// <summary>A form of a page of the gateway.</summary>
    public async Task<Seen> SubmitAsync(Seen page, string action, params (string Name, string Value)[] fields)
    {
        var form = page.Form(action);
        using var content = new FormUrlEncodedContent(form.Where(hidden => fields.All(field => field.Name != hidden.Key)).Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        return await SeeAsync(await _own.PostAsync(action, content));
    }

    /// <summary>A form that another site's page posts.</summary>
    public async Task<Seen> PostFromElsewhereAsync(string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await SeeAsync(await _crossSite.PostAsync(address, content));
    }

    /// <summary>Delivers a message of an identity provider by whichever way it came. A query is a navigation, and has the cookies.</summary>
    public async Task<Seen> PostOrGetFromElsewhereAsync(SamlArrival arrival) =>
        arrival.Fields is { } fields ? await PostFromElsewhereAsync(arrival.Url.PathAndQuery, fields) : await GetAsync(arrival.Url.PathAndQuery);

    /// <summary>Takes over a session's cookie.</summary>
    public void Hold(string cookie) => _cookies.SetCookies(_gateway, cookie + "; path=/");

    public async Task<Seen> FollowAsync(Seen seen)
    {
        for (var hops = 0; seen.Location is { } location && location.StartsWith('/') && hops < 8; hops++)
        {
            seen = await GetAsync(location);
        }

        return seen;
    }

    /// <summary>Types an address into the login page; comes out where that leads.</summary>
    public async Task<Seen> IdentifyAsync(string email, string login = "/.authdog/login?return=%2Fmembers%2Fx")
    {
        var page = await FollowAsync(await GetAsync(login));
        return await FollowAsync(await SubmitAsync(page, "/.authdog/login", ("email", email)));
    }

    /// <summary>From the page that leads to the identity provider, through it, to what it has the browser post.</summary>
    public async Task<SamlArrival> PassAsync(Seen leaving) => leaving.Elsewhere is { } address
        ? await Provider.OpenAsync(address)
        : await Provider.PostAsync(leaving.PostAddress, leaving.Form(leaving.PostAddress));

    /// <summary>Delivers that, and follows.</summary>
    public async Task<Seen> ArriveAsync(SamlArrival arrival)
    {
        arrival.Fields.ShouldNotBeNull(arrival.Page);
        return await FollowAsync(await PostFromElsewhereAsync(arrival.Url.PathAndQuery, arrival.Fields));
    }

    /// <summary>A whole sign-in.</summary>
    public async Task<Seen> SignInAsync(string email, string login = "/.authdog/login?return=%2Fmembers%2Fx") => await ArriveAsync(await PassAsync(await IdentifyAsync(email, login)));

    /// <summary>What the gateway says of the session.</summary>
    public async Task<Seen> SessionAsync() => await GetAsync("/.authdog/session");

    public void Dispose()
    {
        _own.Dispose();
        _crossSite.Dispose();
        Provider.Dispose();
    }

    private async Task<Seen> SeeAsync(HttpResponseMessage response)
    {
        using (response)
        {
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                _cookies.SetCookies(_gateway, cookie);
            }

            return new Seen(response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>An answer as the person sees it.</summary>
    internal sealed record Seen(HttpStatusCode Status, string? Location, string Html)
    {
        public string Text => WebUtility.HtmlDecode(Html);

        /// <summary>Where the page leads by itself; null when it does not.</summary>
        public string? Elsewhere => Refresh().Match(Html) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

        /// <summary>Where the page's form goes that posts itself.</summary>
        public string PostAddress => Posting().Match(Html) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : throw new InvalidOperationException($"This page leads nowhere: {Status} {Location} {Html}");

        /// <summary>Hidden fields of the form to an address.</summary>
        public List<KeyValuePair<string, string>> Form(string action)
        {
            var form = Forms().Matches(Html).FirstOrDefault(match => WebUtility.HtmlDecode(match.Groups[1].Value) == action) ?? throw new InvalidOperationException($"No form to {action}: {Status} {Location} {Html}");
            return [.. Hidden().Matches(form.Groups[2].Value).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))];
        }
    }

    [GeneratedRegex("<meta http-equiv=\"refresh\" content=\"0;url=([^\"]*)\"")]
    private static partial Regex Refresh();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\" data-submit")]
    private static partial Regex Posting();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}

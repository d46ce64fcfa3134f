using System.Net;
using System.Text.RegularExpressions;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Access;

/// <summary>As much of a browser as a form needs: cookies, the headers of a navigation, and redirects followed by hand.</summary>
internal sealed partial class Browser(GatewayHost gateway)
{
    private readonly Dictionary<string, string> _cookies = [];

    public string Origin { get; } = gateway.Url.GetLeftPart(UriPartial.Authority);

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    public void Set(string cookie)
    {
        var pair = cookie.Split(';')[0].Split('=', 2);
        if (pair[1].Length == 0)
        {
            _cookies.Remove(pair[0]);
        }
        else
        {
            _cookies[pair[0]] = pair[1];
        }
    }

    /// <summary>A further tab: the same cookies, from here on kept apart.</summary>
    public Browser Copy(GatewayHost other)
    {
        var copy = new Browser(other);
        foreach (var (name, value) in _cookies)
        {
            copy._cookies[name] = value;
        }

        return copy;
    }

    public Task<HttpResponseMessage> GetAsync(string target) => SendAsync(new HttpRequestMessage(HttpMethod.Get, target), "same-origin");

    /// <summary>A form of a page of the same origin, unless told otherwise.</summary>
    public Task<HttpResponseMessage> PostAsync(string target, HttpContent content, string? site = "same-origin", string? origin = "own", params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin == "own" ? Origin : origin);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(request, site);
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>The antiforgery field of a page.</summary>
    public static string TokenOf(string page) => Token().Match(page) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException(page);

    /// <summary>What a browser does with 307: the same body to the next address.</summary>
    public async Task<HttpResponseMessage> ConfirmAsync(string address, string answer = "send")
    {
        using var page = await GetAsync(address);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, await page.Content.ReadAsStringAsync());
        var fields = Form(("__RequestVerificationToken", TokenOf(await page.Content.ReadAsStringAsync())), ("answer", answer));
        using var redirect = await PostAsync(address, fields, origin: "null");
        if (redirect.StatusCode != HttpStatusCode.TemporaryRedirect)
        {
            redirect.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await redirect.Content.ReadAsStringAsync());
            return await GetAsync(redirect.Headers.Location!.OriginalString);
        }

        return await PostAsync(redirect.Headers.Location!.OriginalString, Form(("__RequestVerificationToken", "secret-of-the-gateway"), ("answer", answer)), origin: "null");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? site)
    {
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", "document");
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml;q=0.9");
        if (site is not null)
        {
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        }

        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await gateway.Client.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            Set(cookie);
        }

        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

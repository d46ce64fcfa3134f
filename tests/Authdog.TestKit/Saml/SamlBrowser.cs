using System.Net;
using System.Text.RegularExpressions;

namespace Authdog.TestKit.Saml;

/// <summary>A person at a browser between a service provider, which is not asked, and an identity provider, which is: follows redirects, submits forms that post themselves, signs in once when asked.</summary>
/// <param name="serviceProvider">Beginning of the addresses where the journey ends.</param>
public sealed partial class SamlBrowser(string serviceProvider) : IDisposable
{
    private const int MaxSteps = 15;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>How often the identity provider asked for the password.</summary>
    public int SignIns { get; private set; }

    /// <summary>Opens an address.</summary>
    public Task<SamlArrival> OpenAsync(string url) => GoAsync(new Uri(url), null);

    /// <summary>Posts a form.</summary>
    public Task<SamlArrival> PostAsync(string url, IReadOnlyList<KeyValuePair<string, string>> fields) => GoAsync(new Uri(url), fields);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<SamlArrival> GoAsync(Uri url, IReadOnlyList<KeyValuePair<string, string>>? fields)
    {
        for (var step = 0; step < MaxSteps; step++)
        {
            if (url.AbsoluteUri.StartsWith(serviceProvider, StringComparison.Ordinal))
            {
                return new(url, fields, null);
            }

            using var request = new HttpRequestMessage(fields is null ? HttpMethod.Get : HttpMethod.Post, url) { Content = fields is null ? null : new FormUrlEncodedContent(fields) };
            using var response = await _client.SendAsync(request);
            var page = await response.Content.ReadAsStringAsync();
            fields = null;
            if (response.Headers.Location is { } location)
            {
                url = new Uri(url, location);
            }
            else if (Form().Match(page) is { Success: true } form && Fields(page[form.Index..]) is var inputs && inputs.Any(input => input.Key is "SAMLResponse" or "SAMLRequest" or "username"))
            {
                SignIns += inputs.Any(input => input.Key == "username") ? 1 : 0;
                url = new Uri(url, WebUtility.HtmlDecode(Attribute(form.Value, "action")) is var action and not "?" ? action : url.GetLeftPart(UriPartial.Path));
                fields = [.. inputs.Select(Fill)];
            }
            else
            {
                return new(url, null, $"{(int)response.StatusCode} {page}");
            }
        }

        throw new InvalidOperationException($"The journey does not end; it is at {url}.");
    }

    private static KeyValuePair<string, string> Fill(KeyValuePair<string, string> input) => input.Key switch
    {
        "username" => new("username", SimpleSamlPhpServer.UserName),
        "password" => new("password", SimpleSamlPhpServer.Password),
        _ => input,
    };

    private static List<KeyValuePair<string, string>> Fields(string form)
    {
        var end = form.IndexOf("</form>", StringComparison.OrdinalIgnoreCase);
        return [.. Input().Matches(end < 0 ? form : form[..end])
            .Select(input => new KeyValuePair<string, string>(WebUtility.HtmlDecode(Attribute(input.Value, "name")), WebUtility.HtmlDecode(Attribute(input.Value, "value"))))
            .Where(input => input.Key.Length > 0)];
    }

    private static string Attribute(string tag, string name) =>
        Regex.Match(tag, $@"\b{name}\s*=\s*""([^""]*)""", RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups[1].Value;

    [GeneratedRegex("<form\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex("<input\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Input();
}

using System.Net;
using System.Text.RegularExpressions;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>A browser without scripts: follows redirects, keeps cookies, fills in the first form that has a given field.</summary>
internal sealed partial class FormClient : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
    private Uri _address;
    private string _page = string.Empty;

    public FormClient(string url)
    {
        _address = new Uri(url);
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        _client.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "navigate");
        _client.DefaultRequestHeaders.Add("Sec-Fetch-Dest", "document");
    }

    public HttpStatusCode Status { get; private set; }

    public string Path => _address.AbsolutePath;

    public async Task<string> GoAsync(string link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, link));
        return await SendAsync(request);
    }

    public async Task<string> SubmitAsync(string field, params (string Name, string Value)[] values)
    {
        var form = Form().Matches(_page).First(match => match.Value.Contains($"name=\"{field}\"", StringComparison.Ordinal)).Value;
        var fields = Input().Matches(form).ToDictionary(match => Attribute(match.Value, "name")!, match => Attribute(match.Value, "value") ?? string.Empty);
        foreach (var (name, value) in values)
        {
            fields[name] = value;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, Attribute(form, "action") ?? string.Empty)) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", _address.GetLeftPart(UriPartial.Authority));
        return await SendAsync(request);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using var answer = await _client.SendAsync(request);
        Status = answer.StatusCode;
        _address = answer.RequestMessage!.RequestUri!;
        _page = await answer.Content.ReadAsStringAsync();
        return _page;
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*\\bname=\"[^>]*>")]
    private static partial Regex Input();
}

using System.Net;
using System.Net.Sockets;

namespace Authdog.Identity.Tests.Pages;

/// <summary>A browser without JavaScript: keeps cookies, reads forms, follows redirects only when told.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(Uri address, string? from = null)
    {
        var handler = new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false };
        if (from is not null)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        _client = new HttpClient(handler) { BaseAddress = address };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36");
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Client => _client;

    public string? Cookie(string name) => Cookies.GetCookies(_client.BaseAddress!)[name]?.Value;

    /// <summary>Loses a cookie, as when the browser is closed.</summary>
    public void Forget(string name)
    {
        if (Cookies.GetCookies(_client.BaseAddress!)[name] is { } cookie)
        {
            cookie.Expired = true;
        }
    }

    public async Task<ReceivedPage> GetAsync(string address) => await ReceiveAsync(await _client.GetAsync(Local(address)));

    public async Task<ReceivedPage> FollowAsync(ReceivedPage page)
    {
        for (var hops = 0; page.Location is { } location && hops < 5; hops++)
        {
            page = await GetAsync(location);
        }

        return page;
    }

    public async Task<ReceivedPage> SubmitAsync(ReceivedPage page, params (string Name, string Value)[] fields) => await SubmitAsync(page, action: null, fields);

    public async Task<ReceivedPage> SubmitAsync(ReceivedPage page, string? action, params (string Name, string Value)[] fields)
    {
        var form = page.Form(action);
        var values = form.Hidden.Where(hidden => fields.All(field => field.Name != hidden.Key))
            .Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await PostAsync(form.Action, values);
    }

    public async Task<ReceivedPage> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await ReceiveAsync(await _client.PostAsync(Local(address), content));
    }

    public void Dispose() => _client.Dispose();

    private static string Local(string address) => address.StartsWith(PagesHost.PublicUrl, StringComparison.Ordinal) ? address[PagesHost.PublicUrl.Length..] : address;

    private static async Task<ReceivedPage> ReceiveAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new ReceivedPage(response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync(), response.Headers.ToDictionary(h => h.Key, h => string.Join('\n', h.Value), StringComparer.OrdinalIgnoreCase));
        }
    }
}

using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>A gateway that carries nothing and answers questions.</summary>
internal sealed class ForwardAuthHost : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-tests-with-more-than-32-characters";

    private ForwardAuthHost(GatewayHost gateway)
    {
        Gateway = gateway;
        Url = new Uri(gateway.Services.GetRequiredService<ForwardAuthListener>().Addresses.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };
    }

    public GatewayHost Gateway { get; }

    /// <summary>Where questions are asked.</summary>
    public Uri Url { get; }

    public HttpClient Client { get; }

    public static async Task<ForwardAuthHost> StartAsync(ForwardAuthProxy proxy, Action<GatewayHostSettings>? further = null)
    {
        var settings = new GatewayHostSettings()
            .PublicPolicy()
            .Policy("members", "  - { name: members, effect: allow }")
            .Policy("staff", "  - { name: staff, effect: allow, when: { role: admin } }")
            .Policy("maybe", "  - { name: whoever, effect: optional }")
            .Policy("strong", "  - { name: strong, effect: allow, require: { acr: aal2 } }")
            .Policy("fresh", "  - { name: fresh, effect: allow, require: { max-age: 15m } }")
            .Policy("once", "  - { name: once, effect: public, rate-limit: once }")
            .Set("Policies:RateLimits:once:Permits", "1")
            .Set("Policies:RateLimits:once:Window", "01:00:00")
            .Policy("nobody", "  - { name: nobody, effect: deny }")
            .Policy("office", "  - { name: office, effect: public, when: { ip: 203.0.113.0/24 } }")
            .Policy("readers", "  - { name: reading, effect: public, when: { method: GET } }")
            .Set("Gateway:TrustedProxies:0", "127.0.0.1")
            .Set("Gateway:ForwardAuth:Url", "http://127.0.0.1:0")
            .Set("Gateway:ForwardAuth:Proxy", proxy.ToString())
            .Set("Gateway:ForwardAuth:AllowedAddresses:0", "127.0.0.1")
            .Set("Gateway:ForwardAuth:SharedSecret", Secret);
        Route(settings, "open", "/{**rest}", "open");
        settings.Set("ReverseProxy:Routes:open:Match:Hosts:0", "localhost");
        Route(settings, "members", "/members/{**rest}", "members");
        Route(settings, "strong", "/strong/{**rest}", "strong");
        Route(settings, "fresh", "/fresh/{**rest}", "fresh");
        Route(settings, "admin", "/admin/{**rest}", "staff");
        Route(settings, "maybe", "/maybe/{**rest}", "maybe");
        Route(settings, "once", "/once/{**rest}", "once");
        Route(settings, "nobody", "/nobody/{**rest}", "nobody");
        Route(settings, "office", "/office/{**rest}", "office");
        Route(settings, "readers", "/readers/{**rest}", "readers");
        Route(settings, "hosted", "/hosted/{**rest}", "open");
        settings.Set("ReverseProxy:Routes:hosted:Match:Hosts:0", "other.example");
        settings.Set("ReverseProxy:Routes:hosted-nobody:Match:Path", "/hosted/{**rest}").Set("ReverseProxy:Routes:hosted-nobody:AuthorizationPolicy", "nobody");
        settings.Set("ReverseProxy:Routes:maybe:Metadata:Authdog:Header:User", "Remote-User");
        further?.Invoke(settings);
        var host = new ForwardAuthHost(await GatewayHost.StartAsync(settings));
        await host.WarmUpAsync();
        return host;
    }

    // First uses compile; on a busy machine the store's first answer then comes after its time.
    private async Task WarmUpAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await Gateway.SignInAsync();
                return;
            }
            catch (StoreUnavailableException) when (tries < 20)
            {
            }
        }
    }

    // No cluster: nothing is carried.
    private static void Route(GatewayHostSettings settings, string id, string path, string policy) =>
        settings.Set($"ReverseProxy:Routes:{id}:Match:Path", path).Set($"ReverseProxy:Routes:{id}:AuthorizationPolicy", policy);

    /// <summary>A question with the secret and the given headers, <c>Name: value</c>.</summary>
    public async Task<HttpResponseMessage> AskAsync(string path, params IEnumerable<string> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("X-Authdog-Secret", Secret).ShouldBeTrue();
        Add(request, headers);
        return await Client.SendAsync(request);
    }

    public static void Add(HttpRequestMessage request, IEnumerable<string> headers)
    {
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim()).ShouldBeTrue();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
    }
}

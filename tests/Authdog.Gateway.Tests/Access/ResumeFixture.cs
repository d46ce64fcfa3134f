using System.Collections.Concurrent;
using System.Text;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Access;

/// <summary>A gateway before an app that keeps every form that it got.</summary>
public sealed class ResumeFixture : IAsyncLifetime
{
    internal ConcurrentQueue<Received> Forms { get; } = new();

    internal Upstream Upstream { get; private set; } = null!;

    internal GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Upstream = await Hosting.Upstream.StartAsync(app => app.MapFallback(async context =>
        {
            if (context.Request.Method == "POST")
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                Forms.Enqueue(new Received(
                    context.Request.Path + context.Request.QueryString.Value,
                    body.ToArray(),
                    context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            }

            context.Response.Headers.Append("Set-Cookie", "app=1");
            await context.Response.WriteAsync("carried out");
        }));
        Gateway = await GatewayHost.StartAsync(new GatewayHostSettings { MapOwn = own => Authdog.Identity.IdentityEndpoints.MapAuthdogIdentity(own) }
            .SignedInPolicy()
            .Policy("strong", "  - { name: strong, effect: allow, require: { acr: aal2 } }")
            .Policy("fresh", "  - { name: fresh, effect: allow, require: { max-age: 5m } }")
            .Policy("mine", "  - { name: mine, effect: allow, when: { email: ada@example.com } }")
            .Policy("limited", "  - { name: limited, effect: allow, rate-limit: once }")
            .Set("Policies:RateLimits:once:Permits", "1")
            .Set("Policies:RateLimits:once:Window", "00:00:02")
            .Route("limited", "/limited/{**all}", "limited", Upstream.Url)
            .Route("members", "/{**all}", "members", Upstream.Url)
            .Route("strong", "/strong/{**all}", "strong", Upstream.Url)
            .Route("fresh", "/fresh/{**all}", "fresh", Upstream.Url)
            .Route("small", "/small/{**all}", "members", Upstream.Url, ("MaxRequestBodySize", "100"))
            .Route("mine", "/mine/{**all}", "mine", Upstream.Url));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    internal sealed record Received(string Target, byte[] Body, Dictionary<string, string> Headers)
    {
        public string Text => Encoding.UTF8.GetString(Body);
    }
}

using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Edge.BotProtection;

/// <summary>A gateway whose app says what score it was told.</summary>
public sealed class BotGateway : IAsyncLifetime
{
    internal Upstream Upstream { get; private set; } = null!;

    internal GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Upstream = await Upstream.StartAsync(app =>
        {
            app.MapGet("/{**rest}", (HttpContext context) => Results.Text(string.Join('|', context.Request.Headers["X-Authdog-Bot-Score"].ToArray())));
            app.MapPost("/{**rest}", async (HttpContext context) => Results.Text(await new StreamReader(context.Request.Body).ReadToEndAsync()));
        });
        Gateway = await GatewayHost.StartAsync(new GatewayHostSettings { MapOwn = own => own.MapAuthdogIdentity() }
            .PublicPolicy()
            .Policy("catalogue", """
                  - { name: programs work, effect: public, when: { bot-score: { at-least: 40 } }, challenge: true }
                  - { name: everybody else, effect: public, when: { bot-score: { at-most: 39 } } }
                """)
            .Policy("refusing", "  - { name: everybody, effect: public }\n  - { name: programs, effect: deny, when: { bot-score: { at-least: 40 } } }")
            .Set("BotProtection:Challenges:WorkBits", "8")
            .Route("told", "/told/{**rest}", "open", Upstream.Url, ("Metadata:Authdog:BotScore", "true"))
            .Route("untold", "/untold/{**rest}", "open", Upstream.Url)
            .Route("catalogue", "/catalogue/{**rest}", "catalogue", Upstream.Url)
            .Route("refusing", "/refusing/{**rest}", "refusing", Upstream.Url));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}

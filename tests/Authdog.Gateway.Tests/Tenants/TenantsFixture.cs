using System.Net;
using Authdog.Console;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Tenants;

/// <summary>Two customers on one gateway: <c>acme</c> and <c>globex</c>, each with a host and a path of its own.</summary>
public sealed class TenantsFixture : IAsyncLifetime
{
    internal static readonly TenantId Acme = TenantId.Parse("acme");
    internal static readonly TenantId Globex = TenantId.Parse("globex");
    private Upstream _upstream = null!;

    internal GatewayHost Gateway { get; private set; } = null!;

    internal TenantChanges Changes => Gateway.Services.GetRequiredService<TenantChanges>();

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync(static app => app.Map("/{**any}", static () => "ok"));
        Gateway = await GatewayHost.StartAsync(new GatewayHostSettings { MapOwn = static own =>
        {
            own.MapAuthdogIdentity();
            own.MapAuthdogConsole();
        } }
            .SignedInPolicy()
            .PublicPolicy()
            .Route("members", "/members/{**rest}", "members", _upstream.Url)
            .Route("acme", "/acme/{**rest}", "members", _upstream.Url)
            .Route("open", "/open/{**rest}", "open", _upstream.Url));
        await AddAsync(Acme, "acme.test", "/acme");
        await AddAsync(Globex, "globex.test", "/globex");
    }

    internal async Task AddAsync(TenantId tenant, params string[] addresses)
    {
        await Gateway.Services.GetRequiredService<TenantDirectory>().AddAsync(tenant, tenant.Value, CancellationToken.None);
        foreach (var address in addresses)
        {
            (await Changes.AddAddressAsync(tenant, address, CancellationToken.None)).ShouldBeOfType<TenantChange.Done>();
        }

        await Changes.TellAsync(tenant);
    }

    /// <summary>A session of somebody of a tenant, as the value of the <c>Cookie</c> header for its kind of host.</summary>
    internal async Task<string> SignInAsync(TenantId tenant, bool shared = false, UserId? user = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var session = new NewSession(tenant, user ?? UserId.New(now), new SessionProfile("ada@example.com", true, "Ada", ["admin"]), [AuthenticationFactor.Password(now)], null, null);
        var (token, _) = await Gateway.Services.GetRequiredService<SessionStore>().IssueAsync(session, null, CancellationToken.None);
        return $"{(shared ? SessionCookie.LocalName : SessionCookie.SecureName)}={token.Value}";
    }

    /// <summary>A browser's request; <paramref name="host"/> null for the shared host.</summary>
    internal async Task<Answer> AskAsync(string? host, string target, string? cookie = null, string method = "GET", string accept = "text/html", IReadOnlyDictionary<string, string>? fields = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
        }

        if (method is "POST")
        {
            request.Content = new FormUrlEncodedContent(fields ?? new Dictionary<string, string>());
        }

        using var response = await Gateway.Client.SendAsync(request);
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? set.ToArray() : [];
        return new Answer(response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync(), cookies);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, string? Location, string Body, string[] Cookies);
}

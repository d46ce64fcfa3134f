using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge;

/// <summary>Says which tenant a request is for. In this order: the host, if it is a tenant's own; the path's first segment, if it is; <c>?tenant=</c> on the gateway's own pages; the session; what this browser chose before; the default tenant.</summary>
/// <remarks>A session never leaves its tenant: where the request is for another one, the session is none (<see cref="SessionAuthenticationHandler"/>).</remarks>
internal sealed class TenantChoice(TenantAddresses addresses, SessionStore sessions, SessionCookie cookie, IOptions<PublicUrlOptions> reach)
{
    private const string Parameter = "tenant";
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(180);
    private readonly string _cookie = reach.Value.CookieName("authdog-tenant");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>What the address alone says; false when more has to be asked, and with it null when the list of addresses has to be read first.</summary>
    public bool TryByAddress(HttpContext context, out (TenantId? Tenant, TenantSource Source) chosen)
    {
        chosen = default;
        var canonical = context.Features.GetRequiredFeature<CanonicalRequest>();
        if (!addresses.TryFind(context.Request.Host.Host, out var tenant))
        {
            return false;
        }

        if (tenant is not null)
        {
            chosen = (tenant, TenantSource.Host);
            return true;
        }

        if (!canonical.IsOwn)
        {
            if (!addresses.TryFind(FirstSegment(canonical.Path), out tenant))
            {
                return false;
            }

            if (tenant is not null)
            {
                chosen = (tenant, TenantSource.Path);
                return true;
            }
        }

        // No cookie and nothing asked for: nobody whose tenant could be another.
        chosen = (TenantId.Default, TenantSource.Default);
        return context.Request.Headers.Cookie.Count == 0 && !(canonical.IsOwn && context.Request.QueryString.HasValue);
    }

    /// <summary>What everything together says.</summary>
    public async ValueTask<(TenantId Tenant, TenantSource Source)> ChooseAsync(HttpContext context)
    {
        (TenantId? Tenant, TenantSource Source) chosen;
        while (!TryByAddress(context, out chosen) && chosen.Tenant is null)
        {
            await addresses.ReadAsync(context.RequestAborted);
        }

        if (chosen is { Tenant: { } there, Source: TenantSource.Host or TenantSource.Path })
        {
            return (there, chosen.Source);
        }

        var isOwn = context.Features.GetRequiredFeature<CanonicalRequest>().IsOwn;
        if (isOwn && TenantId.TryParse(context.Request.Query[Parameter], out var asked))
        {
            return (asked, TenantSource.Parameter);
        }

        // A ceremony goes on in the tenant in which it began, whoever is signed in beside it.
        var remembered = TenantId.TryParse(context.Request.Cookies[_cookie], out var before) ? before : null;
        if (remembered is not null && isOwn && IsCeremony(context.Request.Path))
        {
            return (remembered, TenantSource.Remembered);
        }

        var lookup = await sessions.FindAsync(cookie.Read(context.Request), context.RequestAborted);
        context.Features.Set(new SessionFeature(lookup));
        return lookup is SessionLookup.Found { Session.Tenant: var own } ? (own, TenantSource.Session)
            : remembered is not null ? (remembered, TenantSource.Remembered)
            : (TenantId.Default, TenantSource.Default);
    }

    /// <summary>The pages that follow are of this tenant, too.</summary>
    public void Remember(HttpContext context, TenantId tenant) => context.Response.Cookies.Append(
        _cookie,
        tenant.Value,
        new CookieOptions { HttpOnly = true, Secure = _secure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = s_remembered });

    private static bool IsCeremony(PathString path) =>
        path.StartsWithSegments(PagePaths.Login) || path.StartsWithSegments(PagePaths.SignUp)
        || path.StartsWithSegments(PagePaths.VerifyEmail) || path.StartsWithSegments(PagePaths.Recover)
        || path.StartsWithSegments(PagePaths.Invitation) || path.StartsWithSegments(PagePaths.Join)
        || path.StartsWithSegments(PagePaths.Challenge)
        || path.StartsWithSegments(PagePaths.Setup) || path.StartsWithSegments(PagePaths.Assets);

    private static string FirstSegment(string path)
    {
        var end = path.IndexOf('/', 1);
        return end < 0 ? path : path[..end];
    }
}

using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Finds the relying party of a request, of its tenant and its origin. An origin that nobody named has none: passkeys are not offered there.</summary>
/// <remarks>
/// Named are <c>Passkeys:Origins</c> and <c>Passkeys:RelatedOrigins</c>; without the former, the gateway's public origin and the tenant's own hosts, each
/// with an RP ID of its own unless <c>Passkeys:RelyingPartyId</c> covers it.
/// </remarks>
internal sealed class RelyingParties(OptionsOverlay<PasskeyOptions> passkeys, OptionsOverlay<BrandOptions> brands, IOptions<PublicUrlOptions> reach)
{
    /// <summary>The relying party for pages of this request's origin; null when passkeys are off or cannot work there.</summary>
    public RelyingParty? Find(HttpContext context)
    {
        var record = context.Features.Get<TenantFeature>()?.Record;
        var options = passkeys.For(record);
        if (!options.Enabled)
        {
            return null;
        }

        var own = OriginsOf(record);
        var origin = $"{context.Request.Scheme}://{context.Request.Host.Value}";
        if (!own.Contains(origin, StringComparer.Ordinal) && !options.RelatedOrigins.Contains(origin))
        {
            return null;
        }

        // Browsers have passkeys in secure contexts only, and none for addresses.
        return IsSecureContext(new Uri(origin)) ? new RelyingParty(IdOf(options, own, origin), brands.For(context).ProductName, origin) : null;
    }

    /// <summary>Origins of a tenant that are no related ones: at least one.</summary>
    public IReadOnlyList<string> OriginsOf(TenantRecord? tenant)
    {
        var options = passkeys.For(tenant);
        var hosts = tenant?.Addresses.Where(static address => address[0] != '/') ?? [];
        return options.Origins.Count > 0
            ? [.. options.Origins]
            : [reach.Value.PublicUrl.GetLeftPart(UriPartial.Authority), .. hosts.Select(reach.Value.OriginOf)];
    }

    /// <summary>Every RP ID that pages of a tenant use; none when passkeys are off.</summary>
    public IReadOnlyCollection<string> IdsOf(TenantRecord? tenant)
    {
        var options = passkeys.For(tenant);
        var own = OriginsOf(tenant);
        return options.Enabled ? own.Select(origin => IdOf(options, own, origin)).ToHashSet(StringComparer.Ordinal) : [];
    }

    /// <summary>An origin of a tenant whose pages use one of these RP IDs; null when there is none.</summary>
    public string? OriginOf(TenantRecord? tenant, IReadOnlySet<string> ids)
    {
        var options = passkeys.For(tenant);
        var own = OriginsOf(tenant);
        return options.Enabled ? own.FirstOrDefault(origin => ids.Contains(IdOf(options, own, origin)) && IsSecureContext(new Uri(origin))) : null;
    }

    private static string IdOf(PasskeyOptions options, IReadOnlyList<string> own, string origin)
    {
        var host = new Uri(origin).IdnHost;
        if (options.RelyingPartyId is { } id && (options.Origins.Count > 0 || RelyingParty.Covers(id, host) || !own.Contains(origin, StringComparer.Ordinal)))
        {
            return id;
        }

        // A related origin uses the passkeys of the first one.
        return options.Origins.Count == 0 && own.Contains(origin, StringComparer.Ordinal) ? host : new Uri(own[0]).IdnHost;
    }

    private static bool IsSecureContext(Uri origin) =>
        origin.HostNameType is UriHostNameType.Dns
        && (origin.Scheme == Uri.UriSchemeHttps || RelyingParty.Covers("localhost", origin.IdnHost));
}

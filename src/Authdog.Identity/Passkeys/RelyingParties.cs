using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Finds the relying party of a request. A host that the operator did not name has none: passkeys are not offered there.</summary>
internal sealed class RelyingParties(IOptions<PasskeyOptions> options, IOptions<PublicUrlOptions> reach, IOptions<BrandOptions> brand)
{
    /// <summary>The relying party for pages of this request's origin; null when passkeys are off or cannot work there.</summary>
    public RelyingParty? Find(HttpContext context)
    {
        if (!options.Value.Enabled)
        {
            return null;
        }

        var origin = $"{context.Request.Scheme}://{context.Request.Host.Value}";
        var publicUrl = reach.Value.PublicUrl;
        var known = origin == publicUrl.GetLeftPart(UriPartial.Authority) || options.Value.RelatedOrigins.Contains(origin);

        // Browsers have passkeys in secure contexts only, and none for addresses.
        return known && IsSecureContext(new Uri(origin))
            ? new RelyingParty(options.Value.RelyingPartyId ?? publicUrl.IdnHost, brand.Value.ProductName, origin)
            : null;
    }

    private static bool IsSecureContext(Uri origin) =>
        origin.HostNameType is UriHostNameType.Dns
        && (origin.Scheme == Uri.UriSchemeHttps || RelyingParty.Covers("localhost", origin.IdnHost));
}

using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Finds the relying party of a request, of its tenant and its origin. An origin that the operator did not name has none: passkeys are not offered there.</summary>
internal sealed class RelyingParties(OptionsOverlay<PasskeyOptions> passkeys, OptionsOverlay<BrandOptions> brands, IOptions<PublicUrlOptions> reach)
{
    /// <summary>The relying party for pages of this request's origin; null when passkeys are off or cannot work there.</summary>
    public RelyingParty? Find(HttpContext context)
    {
        var options = passkeys.For(context);
        if (!options.Enabled)
        {
            return null;
        }

        IEnumerable<string> own = options.Origins.Count > 0 ? options.Origins : [reach.Value.PublicUrl.GetLeftPart(UriPartial.Authority)];
        var origin = $"{context.Request.Scheme}://{context.Request.Host.Value}";
        if (!own.Contains(origin, StringComparer.Ordinal) && !options.RelatedOrigins.Contains(origin))
        {
            return null;
        }

        // Browsers have passkeys in secure contexts only, and none for addresses.
        return IsSecureContext(new Uri(origin))
            ? new RelyingParty(options.RelyingPartyId ?? new Uri(own.First()).IdnHost, brands.For(context).ProductName, origin)
            : null;
    }

    private static bool IsSecureContext(Uri origin) =>
        origin.HostNameType is UriHostNameType.Dns
        && (origin.Scheme == Uri.UriSchemeHttps || RelyingParty.Covers("localhost", origin.IdnHost));
}

using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Brands for what is tested without a host.</summary>
internal static class Brands
{
    public static OptionsOverlay<BrandOptions> Of(BrandOptions brand) => new(BrandOptions.Section, Options.Create(brand), [], [], []);
}

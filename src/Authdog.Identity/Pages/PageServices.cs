using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>Registers what every page needs.</summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRazorComponents();
        services.AddOptions<PublicUrlOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<PublicUrlOptions>, PublicUrlOptions.Validator>();
        services.AddOptions<BrandOptions>()
            .Bind(configuration.GetSection(BrandOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<BrandOptions>, BrandOptions.Validator>();
        services.AddTenantOptions<BrandOptions>(BrandOptions.Section);
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<PublicUrlOptions>>((options, reach) =>
        {
            options.FormFieldName = "__RequestVerificationToken";
            options.HeaderName = null;
            options.SuppressXFrameOptionsHeader = false;
            options.Cookie.Name = reach.Value.CookieName("authdog-antiforgery");
            options.Cookie.SecurePolicy = reach.Value.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.HttpOnly = true;
            options.Cookie.Path = "/";
        });
        services.TryAddSingleton(ClientPlaces.Unknown);
        services.AddScoped<TenantLinks>();
        services.AddOptions<BrandPreviewOptions>()
            .Bind(configuration.GetSection(BrandPreviewOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<BrandPreviewOptions>, BrandPreviewOptions.Validator>();
        services.AddSingleton<RequestBrand>();
        services.AddSingleton<PageLanguage>();
        services.AddSingleton<PageAssets>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<ErrorPages>();
        return services;
    }
}

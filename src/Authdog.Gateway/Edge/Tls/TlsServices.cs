using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Tls;

internal static class TlsServices
{
    /// <summary>Listeners with TLS and limits. Needs the edge and the limits; replaces <c>kestrel.Configure(…)</c>.</summary>
    public static IServiceCollection AddTls(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KestrelOptions>()
            .Bind(configuration.GetSection(KestrelOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<KestrelOptions>>(provider => new KestrelOptions.Validator(
            provider.GetRequiredService<IOptions<GatewayOptions>>(),
            provider.GetRequiredService<ListeningUrls>(),
            provider.GetService<IHostEnvironment>()));
        services.AddSingleton(Urls(configuration));
        services.AddSingleton<TlsEndpoints>();
        services.AddSingleton<HttpsRedirect>();
        services.AddSingleton<Listeners>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ConfigureListeners>();
        services.AddHostedService<CertificateWatch>();
        return services;
    }

    // The names under which ASP.NET Core knows them.
    private static ListeningUrls Urls(IConfiguration configuration)
    {
        var urls = (configuration["Urls"] ?? string.Empty).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var ports = (configuration["https_ports"] ?? string.Empty).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new ListeningUrls(urls.Length > 0 ? urls : [.. ports.Select(port => $"https://*:{port}")]);
    }
}

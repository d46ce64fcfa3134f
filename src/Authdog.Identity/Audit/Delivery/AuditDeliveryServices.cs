using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Registers the streams of audit events that are configured.</summary>
internal static class AuditDeliveryServices
{
    public static IServiceCollection AddAuditDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(AuditOptions.Section);
        services.AddHttpClient(AuditCall.Client)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();
        if (bool.TryParse(section[nameof(AuditOptions.StandardOutput)], out var wanted) && wanted)
        {
            services.AddSingleton<IAuditStream, StandardOutputStream>();
        }

        if (section[nameof(AuditOptions.File)] is { Length: > 0 } file)
        {
            services.AddSingleton<IAuditStream>(new JsonLinesFile(Path.GetFullPath(file)));
        }

        if (section[$"{nameof(AuditOptions.Webhook)}:{nameof(AuditWebhookOptions.Url)}"] is { Length: > 0 })
        {
            services.AddSingleton<IAuditStream>(provider => new WebhookStream(
                provider.GetRequiredService<IOptions<AuditOptions>>().Value.Webhook, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()));
        }

        if (section[$"{nameof(AuditOptions.Otlp)}:{nameof(AuditOtlpOptions.Endpoint)}"] is { Length: > 0 })
        {
            services.AddSingleton<IAuditStream>(provider => new OtlpStream(provider.GetRequiredService<IOptions<AuditOptions>>().Value.Otlp, provider.GetRequiredService<IHttpClientFactory>()));
        }

        services.AddSingleton<AuditCourier>();
        services.AddSingleton(provider => new AuditDeadLetters(provider.GetRequiredService<IDbContextFactory<DirectoryContext>>(), provider.GetServices<IAuditStream>()));
        services.AddHostedService<AuditDispatch>();
        return services;
    }
}

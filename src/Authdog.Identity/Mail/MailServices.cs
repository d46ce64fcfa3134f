using Authdog.Identity.Audit;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Mail;

/// <summary>Registers mail.</summary>
internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>()
            .Bind(configuration.GetSection(MailOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptions.Validator>();
        services.AddSingleton<MailQueue>();
        services.AddHttpContextAccessor();
        services.AddScoped(provider => new Mailer(provider.GetRequiredService<MailQueue>(), provider.GetRequiredService<CurrentTenant>(), provider.GetRequiredService<IHttpContextAccessor>()));
        services.AddSingleton<MailLimits>();
        services.AddSingleton(provider => new MailWithheld((tenant, detail, cancellationToken) =>
            provider.GetRequiredService<AuditLog>().WriteSampledAsync(new AuditEvent(tenant, AuditEventKind.MessageWithheld, Detail: detail), detail, cancellationToken)));
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<SmtpTransport>();
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.Host is null
            ? provider.GetRequiredService<Outbox>()
            : provider.GetRequiredService<SmtpTransport>());
        services.AddSingleton<MailDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<MailDelivery>());
        services.AddSingleton(provider => new WaitingMail(provider.GetRequiredService<MailDelivery>()));
        return services;
    }
}

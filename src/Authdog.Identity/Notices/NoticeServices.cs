using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Notices;

/// <summary>Registers security notices.</summary>
internal static class NoticeServices
{
    public static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NoticeOptions>()
            .Bind(configuration.GetSection(NoticeOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<NoticeOptions>, NoticeOptions.Validator>();
        services.AddScoped<AccountLinks>();
        services.AddScoped<IUpkeep>(provider => provider.GetRequiredService<AccountLinks>());
        services.AddScoped(provider => new SecurityNotices(
            provider.GetRequiredService<AccountLinks>(),
            provider.GetRequiredService<Mailer>(),
            provider.GetRequiredService<PageRenderer>(),
            provider.GetRequiredService<IOptions<NoticeOptions>>(),
            provider.GetRequiredService<TenantLinks>(),
            provider.GetRequiredService<ClientPlaces>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<IPersonalRecords, LinkRecords>();
        return services;
    }
}

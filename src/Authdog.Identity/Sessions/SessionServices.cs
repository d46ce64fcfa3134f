using Authdog.Identity.Redis;
using Authdog.Identity.Standby;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sessions;

internal static class SessionServices
{
    public static IServiceCollection AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SessionOptions>()
            .Bind(configuration.GetSection(SessionOptions.Section), o => o.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SessionOptions>, SessionOptions.Validator>());
        services.AddTenantOptions<SessionOptions>(SessionOptions.Section);
        services.TryAddSingleton(TimeProvider.System);

        // Later: tenants are read from the directory, whose changes are carried into sessions.
        services.TryAddSingleton(provider => TenantTerms.Of(new Lazy<TenantCache>(provider.GetRequiredService<TenantCache>), provider.GetRequiredService<OptionsOverlay<SessionOptions>>()));
        services.TryAddSingleton<SessionCookie>();
        services.TryAddSingleton<SessionSignIn>();
        services.TryAddSingleton(provider => new SessionStore(
            provider.GetRequiredService<RedisConnection>(),
            provider.GetRequiredService<InvalidationChannel>(),
            provider.GetRequiredService<IOptions<SessionOptions>>(),
            provider.GetRequiredService<TenantTerms>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<StandbyStore>() is { } standby ? new StandbySessions(standby, provider.GetRequiredService<TimeProvider>()) : null));
        services.AddHostedService<StandbyReturn>();
        services.TryAddSingleton<SessionClaims>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IInterceptor, SessionDirectoryInterceptor>());
        services.AddScoped<IPersonalRecords, SessionPersonalRecords>();
        services.AddHostedService<SessionStartup>();
        services.AddAuthentication(SessionAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthenticationHandler>(SessionAuthenticationHandler.SchemeName, configureOptions: null);
        return services;
    }
}

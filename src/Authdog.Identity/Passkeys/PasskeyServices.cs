using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Registers passkeys.</summary>
internal static class PasskeyServices
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PasskeyOptions>()
            .Bind(configuration.GetSection(PasskeyOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PasskeyOptions>, PasskeyOptions.Validator>();
        services.AddTenantOptions<PasskeyOptions>(PasskeyOptions.Section);
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<WellKnownPlace>(WellKnownPlace.Name));

        // The same store as everybody's, with one more question that UserManager can ask it.
        services.Replace(ServiceDescriptor.Scoped<IUserStore<User>, PasskeyUserStore>());
        services.AddSingleton<RelyingParties>();
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<AttestationRoots>();
        services.AddSingleton<AttestationVerifier>();
        services.AddScoped<PasskeyDirectory>();
        services.AddScoped<CeremonyHandlers>();
        services.AddScoped<PasskeyAssertions>();
        services.AddScoped<PasskeyRegistrations>();
        services.AddHttpContextAccessor();
        services.AddSingleton(new LoginMethodName("passkey"));
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthenticationMethod, PasskeyMethod>());
        services.AddScoped<ISecurityUndo, PasskeyUndo>();
        services.AddScoped<IPersonalRecords, PasskeyRecords>();
        services.AddScoped<PasskeyAccount>();
        services.AddScoped<PasskeyOffer>();
        services.AddSingleton(new LoginAfterwards(static (context, flow, user) => context.RequestServices.GetRequiredService<PasskeyOffer>().FindAsync(context, flow, user)));
        services.AddSingleton(new AccountSection(PasskeyPaths.List, "Passkeys.Title", "Passkeys.Summary", Order: 20)
        {
            Parent = AccountPaths.Security,
            State = CountAsync,
            IsOffered = static context => context.RequestServices.GetRequiredService<TenantOptions<PasskeyOptions>>().Value.Enabled,
        });
        return services;
    }

    private static async ValueTask<string?> CountAsync(HttpContext context, Session session, PageTexts texts)
    {
        var all = await context.RequestServices.GetRequiredService<PasskeyDirectory>().ListAsync(session.User, context.RequestAborted);
        return all.Count switch
        {
            0 => texts["Passkeys.StateNone"],
            1 => texts["Passkeys.StateOne"],
            _ => texts.Format("Passkeys.StateMany", all.Count),
        };
    }
}

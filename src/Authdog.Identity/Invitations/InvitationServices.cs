using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Invitations;

/// <summary>Registers invitations and requests to join.</summary>
internal static class InvitationServices
{
    public static IServiceCollection AddInvitations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InvitationOptions>()
            .Bind(configuration.GetSection(InvitationOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<InvitationOptions>, InvitationOptions.Validator>();
        services.AddTenantOptions<InvitationOptions>(InvitationOptions.Section);
        services.AddScoped<InvitationDirectory>();
        services.AddScoped<InvitationAcceptance>();
        services.AddScoped<InvitationCeremony>();
        services.AddScoped<JoinRequests>();
        services.AddScoped<JoinCeremony>();
        services.AddSingleton(new LoginLink(PagePaths.Join, "Join.Title", static context => context.RequestServices.GetRequiredService<TenantOptions<InvitationOptions>>().Value.JoinRequests));
        services.AddScoped<IUpkeep, InvitationUpkeep>();
        services.AddScoped<IPersonalRecords, InvitationRecords>();
        return services;
    }
}

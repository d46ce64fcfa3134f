using Authdog.Identity.Accounts;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Sso.Identities;

/// <summary>Registers the account's pages about identities elsewhere.</summary>
internal static class LinkedIdentityServices
{
    public static IServiceCollection AddLinkedIdentities(this IServiceCollection services)
    {
        services.AddScoped<IdentityProviders>();
        services.AddScoped<IdentityLinking>();
        services.AddScoped<LinkedIdentityAccount>();
        services.AddScoped<ISecurityUndo, LinkUndo>();
        services.AddScoped<ISecurityUndo, UnlinkUndo>();
        services.AddSingleton(new AccountSection(LinkedIdentityPaths.List, "Identities.Title", "Identities.Summary", Order: 40)
        {
            Parent = AccountPaths.Security,
            Concerns = ConcernsAsync,
            State = CountAsync,
        });
        return services;
    }

    private static async ValueTask<bool> ConcernsAsync(HttpContext context, Session session) =>
        await context.RequestServices.GetRequiredService<UserDirectory>().FindAsync(session.User, context.RequestAborted) is { } user
        && await context.RequestServices.GetRequiredService<IdentityProviders>().ConcernsAsync(user, context.RequestAborted);

    private static async ValueTask<string?> CountAsync(HttpContext context, Session session, PageTexts texts) =>
        await context.RequestServices.GetRequiredService<ExternalIdentities>().CountAsync(session.User, context.RequestAborted) switch
        {
            0 => texts["Identities.StateNone"],
            1 => texts["Identities.StateOne"],
            var count => texts.Format("Identities.StateMany", count),
        };
}

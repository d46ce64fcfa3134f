using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Notices.NotMe;

/// <summary>Registers "this wasn't me".</summary>
internal static class NotMeServices
{
    public static IServiceCollection AddNotMe(this IServiceCollection services) => services.AddScoped<NotMeCeremony>();
}

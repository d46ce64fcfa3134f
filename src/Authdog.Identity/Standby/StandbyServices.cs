using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Standby;

internal static class StandbyServices
{
    public static IServiceCollection AddStandby(this IServiceCollection services) => services
        .AddSingleton(provider => new StandbyStore(

            // Later: the directory carries its changes into sessions, some of which are kept here.
            new Lazy<IDbContextFactory<DirectoryContext>>(provider.GetRequiredService<IDbContextFactory<DirectoryContext>>),
            provider.GetRequiredService<IOptions<RedisOptions>>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddScoped<IUpkeep, StandbyUpkeep>();
}

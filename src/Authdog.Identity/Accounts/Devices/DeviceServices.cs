using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Registers devices.</summary>
internal static class DeviceServices
{
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddScoped<DeviceCeremony>();
        services.AddSingleton(new AccountSection(AccountPaths.Devices, "Devices.Title", "Devices.Summary", Order: 30));
        return services;
    }
}

using Authdog.Identity.Login;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Registers devices and the history of sign-ins.</summary>
internal static class DeviceServices
{
    public static IServiceCollection AddDevices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HistoryOptions>()
            .Bind(configuration.GetSection(HistoryOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<HistoryOptions>, HistoryOptions.Validator>();
        services.AddTenantOptions<HistoryOptions>(HistoryOptions.Section);
        services.AddHttpContextAccessor();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IInterceptor, SignInRecorder>());
        services.AddSingleton<DeviceCookie>();
        services.AddScoped<ISignInListener, DeviceMemory>();
        services.AddScoped<IPersonalRecords, DeviceRecords>();
        services.AddScoped<IPersonalRecords, SignInRecords>();
        services.AddScoped<DeviceCeremony>();
        services.AddScoped<SignInHistory>();
        services.AddScoped<IUpkeep>(provider => provider.GetRequiredService<SignInHistory>());
        services.AddScoped<HistoryCeremony>();
        services.AddSingleton(new AccountSection(AccountPaths.Devices, "Devices.Title", "Devices.Summary", Order: 30));
        services.AddSingleton(new AccountSection(AccountPaths.History, "History.Title", "History.Summary", Order: 40) { Tab = "History.Tab" });
        return services;
    }
}

using Authdog.Identity.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Accounts.Address;

/// <summary>Registers the change of the address.</summary>
internal static class AddressServices
{
    public static IServiceCollection AddAddress(this IServiceCollection services)
    {
        services.AddScoped<AddressChanges>();
        services.AddScoped<AddressCeremony>();
        services.AddScoped<ISecurityUndo, AddressUndo>();
        return services;
    }
}

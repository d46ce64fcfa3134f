using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Accounts.Export;

/// <summary>Registers "my data".</summary>
internal static class ExportServices
{
    public static IServiceCollection AddExport(this IServiceCollection services)
    {
        services.AddScoped<IPersonalRecords, AuditRecords>();
        services.AddScoped<ExportCeremony>();
        services.AddSingleton(new AccountSection(AccountPaths.Records, "Records.Title", "Records.Summary", Order: 60));
        services.AddSingleton(new AccountSection(AccountPaths.Export, "Export.Title", "Export.Summary", Order: 10) { Parent = AccountPaths.Records });
        return services;
    }
}

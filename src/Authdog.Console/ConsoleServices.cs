using Authdog.Console.Api;
using Authdog.Console.Api.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Console;

/// <summary>Everything by which an administrator sees and changes what the gateway knows.</summary>
public static class ConsoleServices
{
    /// <summary>Registers the management API.</summary>
    public static IServiceCollection AddAuthdogConsole(this IServiceCollection services) => services
        .AddManagementApi()
        .AddManagementDocument();
}

using System.CommandLine;
using Authdog.Gateway.Configuration;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>Makes, from the arguments of a command, the configuration and the services that it works with.</summary>
internal sealed class GatewayBuilder(GatewayParts parts, IReadOnlyList<PlacedSetting> settings)
{
    /// <summary><c>--config</c>, which every command takes.</summary>
    public Option<string> ConfigOption { get; } = new("--config")
    {
        Description = "Configuration file; without it, appsettings.json in the current folder when there is one.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>The parts of the gateway.</summary>
    public GatewayParts Parts => parts;

    /// <summary>Reads the configuration.</summary>
    public GatewayConfiguration Configuration(ParseResult command, string? urls = null) => GatewayConfiguration.Read(
        new GatewayArguments { ConfigFile = command.GetValue(ConfigOption), Urls = urls, Settings = settings },
        SettingsSchema.Of(typeof(GatewayBuilder).Assembly, typeof(TenantId).Assembly),
        Directory.GetCurrentDirectory(),
        Environment.GetEnvironmentVariables());

    /// <summary>All services, none started: for a command that works beside a running gateway or without one.</summary>
    /// <exception cref="MistakesException">The configuration has mistakes.</exception>
    public ServiceProvider Services(ParseResult command)
    {
        var configuration = Configuration(command);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration.Settings);
        services.AddLogging(logging => GatewayLogging.Configure(logging, configuration.Settings, toError: true));
        services.AddSingleton(AuditSource.Command(Environment.UserName));
        parts.Services(services, configuration.Settings);
        var provider = services.BuildServiceProvider();
        var mistakes = configuration.Mistakes.Concat(OptionsJudge.Judge(configuration, provider)).ToList();
        if (mistakes.Count > 0)
        {
            provider.Dispose();
            throw new MistakesException(mistakes);
        }

        return provider;
    }

    /// <summary>The same for a command that works on the directory: its schema is brought up to date first (SQLite) or checked (PostgreSQL).</summary>
    /// <exception cref="MistakesException">The configuration has mistakes.</exception>
    public async Task<ServiceProvider> DirectoryAsync(ParseResult command, CancellationToken cancellationToken)
    {
        var services = Services(command);
        try
        {
            await services.GetRequiredService<DirectoryMigrator>().PrepareAsync(cancellationToken);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>A scope of these services in which queries see one tenant, whose settings apply.</summary>
    /// <exception cref="MistakesException">AG3411: there is no such tenant.</exception>
    public static async Task<AsyncServiceScope> TenantScopeAsync(IServiceProvider services, TenantId tenant, CancellationToken cancellationToken)
    {
        var record = await services.GetRequiredService<TenantCache>().FindAsync(tenant, cancellationToken)
            ?? throw new MistakesException([new Mistake("AG3411", Place.CommandLine, $"There is no tenant '{tenant}'.", "'tenant list' shows all; 'tenant add' makes one.")]);
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = record;
        return scope;
    }
}

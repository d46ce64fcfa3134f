using Authdog.Console;
using Authdog.Gateway.Access;
using Authdog.Gateway.Access.Treatments;
using Authdog.Gateway.Configuration;
using Authdog.Gateway.Diagnostics;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.BotProtection;
using Authdog.Gateway.Edge.Limits;
using Authdog.Gateway.Edge.RateLimiting;
using Authdog.Gateway.Edge.Refusals;
using Authdog.Gateway.Edge.Tls;
using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Forwarding;
using Authdog.Identity;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Policies.Catalog;
using Authdog.Policies.Language;
using Authdog.Policies.Testing;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway;

/// <summary>The composition root: every service of the gateway, folder by folder.</summary>
internal static class GatewayServices
{
    public static void AddAuthdogGateway(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddAuthdogIdentity(configuration);
        services.AddAuthdogConsole();
        services.TellIdentity(configuration);
        services.AddPolicies(configuration);
        services.AddEdge(configuration);
        services.AddBotProtection(configuration);
        services.AddLimits();
        services.AddRateLimiting(configuration);
        services.AddRefusals();
        services.AddTls(configuration);
        services.AddAccess(configuration);
        services.AddForwarding(configuration);
        services.AddForwardAuth(configuration);
        services.AddDiagnostics();
    }

    public static void UseAuthdogGateway(WebApplication app)
    {
        app.UseMiddleware<AccessLogMiddleware>();
        app.UseAuthdogGateway(static own =>
        {
            own.MapAuthdogIdentity();
            own.MapAuthdogConsole();
        });
    }

    private static void AddPolicies(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has parts of other features. The check of all settings refuses unknown keys.
        services.AddOptions<PolicyOptions>()
            .Bind(configuration.GetSection(PolicyOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PolicyOptions>, PolicyOptions.Validator>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<PolicyOptions>>().Value;
            return new PolicyCatalog(options.Path, provider.GetRequiredService<TimeProvider>(), options.RequireTests ? PolicyTests.Gate : null)
            {
                Check = policies => Check(() => provider.GetRequiredService<NamedTreatments>().Check(policies)).Concat(Check(() => provider.GetRequiredService<RateRules>().Check(policies))),
            };
        });
        services.AddSingleton<PolicyAudit>();
        services.AddHostedService<PolicyWatch>();
    }

    // Settings that are wrong are named by their own check, and nothing starts with them: policies are judged as far as they can be.
    private static IEnumerable<PolicyError> Check(Func<IEnumerable<PolicyError>> part)
    {
        try
        {
            return [.. part()];
        }
        catch (OptionsValidationException)
        {
            return [];
        }
    }

    // Identity does not know the section Gateway: where people reach it and where files go is told here.
    private static void TellIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        if (Uri.TryCreate(configuration["Gateway:PublicUrl"], UriKind.Absolute, out var url))
        {
            services.Configure<PublicUrlOptions>(options => options.PublicUrl = url);
        }

        if (configuration["Mail:OutboxPath"] is null)
        {
            var data = Path.GetFullPath(configuration["Gateway:DataPath"] ?? new GatewayOptions().DataPath);
            services.Configure<MailOptions>(options => options.OutboxPath = Path.Combine(data, "outbox"));
        }
    }
}

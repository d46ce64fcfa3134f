using System.CommandLine;
using Authdog.Gateway.Configuration;
using Authdog.Gateway.Edge.Tls;
using Authdog.Gateway.Routing;
using Authdog.Policies.Catalog;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Commands;

/// <summary><c>validate</c>: says every mistake and starts nothing.</summary>
internal static class ValidateCommand
{
    private static readonly Uri s_demo = new("http://127.0.0.1:1");

    public static Command Create(GatewayBuilder gateway)
    {
        var upstream = ServeCommand.UpstreamOption();
        var command = new Command("validate", "Read configuration and policies and say every mistake; start nothing.") { upstream };
        command.SetAction(async (parsed, _) =>
        {
            var configuration = gateway.Configuration(parsed);
            var choice = Upstream.Choose(configuration, parsed.GetValue(upstream));
            var settings = choice.Settings(s_demo);
            using var builtIn = GatewayApp.HomeOfBuiltInPolicies(configuration, choice) is { } data ? BuiltInPolicies.Of(data.Path) : null;
            if (builtIn is not null)
            {
                settings["Policies:Path"] = builtIn.Path;
            }

            await using var app = GatewayApp.Build(configuration, gateway.Parts, settings);
            var mistakes = await GatewayApp.JudgeAsync(app, configuration, choice);
            if (mistakes.Count > 0)
            {
                throw new MistakesException(mistakes);
            }

            var output = parsed.InvocationConfiguration.Output;
            foreach (var warning in UnsafeRoutes(app.Services))
            {
                await output.WriteLineAsync($"Warning: {warning}");
            }

            if (Http3.IsMissing(app.Services.GetRequiredService<IOptions<KestrelOptions>>().Value))
            {
                await output.WriteLineAsync("Warning: HTTP/3 is asked for, but this machine has no QUIC (package libmsquic): browsers will use HTTP/2.");
            }

            foreach (var unused in UnusedPolicies(app.Services))
            {
                await output.WriteLineAsync($"Note: no route names the policy '{unused}'.");
            }

            await output.WriteLineAsync($"{configuration.File ?? "The configuration"} and {(builtIn is { IsCopy: true } ? "the built-in policies" : $"the policies in {app.Services.GetRequiredService<PolicyCatalog>().Path}")} are right.");
            return ExitStatus.Ok;
        });
        return command;
    }

    private static IEnumerable<string> UnsafeRoutes(IServiceProvider services)
    {
        var metadata = services.GetRequiredService<RouteMetadata>();
        return services.GetServices<Yarp.ReverseProxy.Configuration.IProxyConfigProvider>()
            .SelectMany(provider => provider.GetConfig().Routes)
            .SelectMany(route => UnsafeSettings.Warnings(metadata.Complete(route)));
    }

    private static IEnumerable<string> UnusedPolicies(IServiceProvider services)
    {
        var used = services.GetServices<Yarp.ReverseProxy.Configuration.IProxyConfigProvider>()
            .SelectMany(provider => provider.GetConfig().Routes)
            .Select(route => route.AuthorizationPolicy)
            .ToHashSet(StringComparer.Ordinal);
        return services.GetRequiredService<PolicyCatalog>().Current.Names.Where(name => !used.Contains(name));
    }
}

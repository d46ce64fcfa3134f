using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Gateway.Configuration;
using Authdog.Gateway.Edge.Tls;
using Authdog.Gateway.Routing;
using Authdog.Policies.Catalog;
using Authdog.Policies.Linting;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Commands;

/// <summary><c>validate</c>: says every mistake and starts nothing.</summary>
internal static class ValidateCommand
{
    private static readonly Uri s_demo = new("http://127.0.0.1:1");

    public static Command Create(GatewayBuilder gateway)
    {
        var upstream = ServeCommand.UpstreamOption();
        var strict = new Option<bool>("--strict") { Description = "Take what the policies can hardly mean for mistakes too." };
        var directory = new Option<bool>("--directory") { Description = "Look roles and tenants up in the directory, and warn of policies that name others." };
        var command = new Command("validate", "Read configuration and policies and say every mistake; start nothing.") { upstream, strict, directory };
        command.SetAction(async (parsed, cancellationToken) =>
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
            var names = new LintNames { Routes = [.. Routes(app.Services).Select(RouteOf)] };
            names = parsed.GetValue(directory) ? await DirectoryNames.AddAsync(names, app.Services, cancellationToken) : names;
            var doubts = PolicyLint.Check(app.Services.GetRequiredService<PolicyCatalog>().Current, names);
            if (parsed.GetValue(strict) && !doubts.IsEmpty)
            {
                throw new MistakesException([.. doubts.Select(PolicyJudge.Mistake)]);
            }

            foreach (var doubt in doubts)
            {
                await output.WriteLineAsync($"Warning: {doubt}");
            }

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
        return Routes(services)
            .SelectMany(route => UnsafeSettings.Warnings(metadata.Complete(route)));
    }

    private static IEnumerable<string> UnusedPolicies(IServiceProvider services)
    {
        var used = Routes(services)
            .Select(route => route.AuthorizationPolicy)
            .ToHashSet(StringComparer.Ordinal);
        return services.GetRequiredService<PolicyCatalog>().Current.Names.Where(name => !used.Contains(name));
    }

    private static IEnumerable<RouteConfig> Routes(IServiceProvider services) => services.GetServices<IProxyConfigProvider>().SelectMany(provider => provider.GetConfig().Routes);

    private static LintRoute RouteOf(RouteConfig route) =>
        new(route.RouteId, route.AuthorizationPolicy ?? string.Empty, route.Match.Path, [.. route.Match.Hosts ?? []], [.. route.Match.Methods ?? []]);
}

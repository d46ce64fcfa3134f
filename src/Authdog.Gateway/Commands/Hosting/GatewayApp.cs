using Authdog.Gateway.Configuration;
using Authdog.Gateway.Edge;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>The gateway as an application that is built, but not started.</summary>
internal static class GatewayApp
{
    /// <summary>Builds it on a configuration and further settings.</summary>
    public static WebApplication Build(GatewayConfiguration configuration, GatewayParts parts, IDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "Authdog.Gateway",
            ContentRootPath = Directory.Exists(configuration.BasePath) ? configuration.BasePath : Directory.GetCurrentDirectory(),
            EnvironmentName = configuration.Settings["ENVIRONMENT"] ?? Environments.Production,
        });
        builder.Configuration.AddConfiguration(configuration.Settings);
        builder.Configuration.AddInMemoryCollection(settings);
        GatewayLogging.Configure(builder.Logging, builder.Configuration, toError: false);
        builder.WebHost.UseKestrel();
        parts.Services(builder.Services, builder.Configuration);
        return builder.Build();
    }

    /// <summary>The data folder when the policies that came with the program go there, where they can be changed: the operator has none. Null otherwise.</summary>
    public static DataFolder? HomeOfBuiltInPolicies(GatewayConfiguration configuration, Upstream upstream)
    {
        var mayBeMissing = upstream.IsDemo || upstream.App is not null;
        return !mayBeMissing || configuration.Settings["Policies:Path"] is not null || Directory.Exists(new PolicyOptions().Path)
            ? null
            : new DataFolder(Path.GetFullPath(configuration.Settings["Gateway:DataPath"] ?? new GatewayOptions().DataPath));
    }

    /// <summary>Every mistake that can be found without starting anything.</summary>
    public static async Task<IReadOnlyList<Mistake>> JudgeAsync(WebApplication app, GatewayConfiguration configuration, Upstream upstream)
    {
        var mistakes = configuration.Mistakes.ToList();
        if (upstream.Mistake is { } wrongChoice)
        {
            mistakes.Add(wrongChoice);
        }

        mistakes.AddRange(OptionsJudge.Judge(configuration, app.Services));
        mistakes.AddRange(PolicyJudge.Judge(app.Services));
        try
        {
            mistakes.AddRange(await RouteJudge.JudgeAsync(configuration, app.Services));
        }
        catch (OptionsValidationException) when (mistakes.Count > 0)
        {
            // The routes need a part of the gateway whose own settings are among the mistakes.
        }

        return mistakes;
    }
}

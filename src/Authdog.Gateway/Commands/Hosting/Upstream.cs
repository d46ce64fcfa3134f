using Authdog.Gateway.Configuration;
using Authdog.Gateway.Demo;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>What stands behind the gateway: the configured routes, the one app of <c>--upstream</c>, or the demo when nothing was said.</summary>
internal sealed record Upstream
{
    private Upstream()
    {
    }

    /// <summary>Whether the demo is to run.</summary>
    public bool IsDemo { get; private init; }

    /// <summary>The app of <c>--upstream</c>; null without it.</summary>
    public Uri? App { get; private init; }

    /// <summary>What is wrong with the choice; null when nothing is.</summary>
    public Mistake? Mistake { get; private init; }

    /// <summary>Reads the choice.</summary>
    public static Upstream Choose(GatewayConfiguration configuration, string? upstream)
    {
        var hasRoutes = configuration.Settings.GetSection("ReverseProxy:Routes").GetChildren().Any();
        if (upstream is null)
        {
            return new Upstream { IsDemo = !hasRoutes };
        }

        if (hasRoutes)
        {
            return new Upstream { Mistake = new Mistake("AG1611", Place.CommandLine, "'--upstream' puts one app behind the gateway, and the configuration has routes of its own.", "Leave '--upstream' out, or the section ReverseProxy.") };
        }

        return Uri.TryCreate(upstream, UriKind.Absolute, out var app) && app.Scheme is "http" or "https" && app.UserInfo.Length == 0
            ? new Upstream { App = app }
            : new Upstream { Mistake = new Mistake("AG1611", Place.CommandLine, $"'--upstream {upstream}' is not the URL of an app.", "Write it like http://localhost:3000.") };
    }

    /// <summary>The settings that the choice adds. <paramref name="demo"/> is where the demo listens.</summary>
    public Dictionary<string, string?> Settings(Uri demo) => this switch
    {
        { App: { } app } => DemoRoutes.ToUpstream(app),
        { IsDemo: true } => DemoRoutes.ToDemo(demo),
        _ => [],
    };
}

using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;

namespace Authdog.Gateway.Commands;

/// <summary><c>serve</c>, which is also what happens without a command.</summary>
internal static class ServeCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var command = new Command("serve", "Run the gateway. This is what happens without a command, too.");
        AddTo(command, gateway);
        return command;
    }

    public static void AddTo(Command command, GatewayBuilder gateway)
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen, separated by ';' (default http://localhost:8080).", HelpName = "URLS" };
        var upstream = UpstreamOption();
        command.Add(urls);
        command.Add(upstream);
        command.SetAction((parsed, cancellationToken) =>
        {
            var configuration = gateway.Configuration(parsed, parsed.GetValue(urls));
            var serving = new Serving(configuration, Upstream.Choose(configuration, parsed.GetValue(upstream)), gateway.Parts, parsed.InvocationConfiguration.Output);
            return serving.RunAsync(cancellationToken);
        });
    }

    public static Option<string> UpstreamOption() => new("--upstream")
    {
        Description = "Put this app behind the gateway, for whoever is signed in, instead of the demo.",
        HelpName = "URL",
    };
}

using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.SignUp.Domains;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>signup …</c>: what self sign-up goes by.</summary>
internal static class SignUpCommands
{
    public static Command Create(GatewayBuilder gateway)
    {
        var file = new Argument<string>("FILE") { Description = "One domain a line (*.example.com for all below it, # for comments), or a JSON array of domains." };
        var update = new Command("update", "Use another list of disposable domains; running gateways on this data folder follow within a minute.") { file };
        update.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = gateway.Services(parsed);
            var (count, mistake) = await services.GetRequiredService<DisposableDomainUpdate>().UpdateAsync(parsed.GetRequiredValue(file), cancellationToken);
            if (mistake is not null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"AG3703 {mistake} The list in use stays.");
                return ExitStatus.Wrong;
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{count} disposable domains are in use now; SignUp:Domains:RefuseDisposable says whether they are refused.");
            return ExitStatus.Ok;
        });
        return new Command("signup", "Work on self sign-up.") { new Command("domains", "Work on the list of disposable e-mail domains.") { update } };
    }
}

using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Sso;

namespace Authdog.Gateway.Commands.Sso;

/// <summary><c>connection test</c>: tries what can be tried without a person. 0: all is well; 1: something is not; 2: wrong use.</summary>
internal static class ConnectionTestCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var (slug, tenant) = (ConnectionCommands.Slug(), DirectorySyntax.Tenant());
        var command = new Command("test", "Try a connection: does its provider answer, with keys, and does it know this client?") { slug, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            if (await ConnectionCommands.FindAsync(parsed, services, parsed.GetRequiredValue(tenant), parsed.GetRequiredValue(slug), cancellationToken) is not { } connection)
            {
                return ExitStatus.No;
            }

            var checks = await scope.ServiceProvider.GetRequiredService<ConnectionTrial>().RunAsync(connection, cancellationToken);
            foreach (var check in checks)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{(check.Passed ? "ok  " : "FAIL")} {check.What}: {check.Found}");
            }

            return checks.All(static check => check.Passed) ? ExitStatus.Ok : ExitStatus.No;
        });
        return command;
    }
}

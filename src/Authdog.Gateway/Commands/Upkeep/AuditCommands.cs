using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Audit.Delivery;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>audit …</c>: the record of security events.</summary>
internal static class AuditCommands
{
    public static Command Create(GatewayBuilder gateway) =>
        new("audit", "Read, check and send the record of security events.") { AuditListCommand.Create(gateway), AuditVerifyCommand.Create(gateway), Resend(gateway) };

    private static Command Resend(GatewayBuilder gateway)
    {
        var tenant = DirectorySyntax.Tenant();
        var command = new Command("resend", "Send again what a stream (Audit:Webhook) did not take however often it was tried.") { tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var (sent, left, reason) = await services.GetRequiredService<AuditDeadLetters>().ResendAsync(parsed.GetRequiredValue(tenant), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(sent == 0 && left == 0 ? "Nothing was set aside." : $"Sent {sent} events again.");
            if (reason is not null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"{left} batches still wait. {reason}.");
            }

            return left == 0 ? ExitStatus.Ok : ExitStatus.No;
        });
        return command;
    }
}

using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Commands.Tenancy;

/// <summary><c>tenant …</c>: customers, from a shell. A running gateway follows at once.</summary>
internal static class TenantCommands
{
    public static Command Create(GatewayBuilder gateway) => new("tenant", "Work on tenants.")
    {
        TenantAddCommand.Create(gateway),
        TenantShowCommand.Create(gateway),
        TenantListCommand.Create(gateway),
        TenantSetCommand.Create(gateway),
        DomainCommands.Create(gateway),
        State(gateway, "suspend", "Shut a tenant for the time being. Its sessions end at once.", "suspended, and its sessions have ended", static (changes, id, cancel) => changes.SuspendAsync(id, cancel)),
        State(gateway, "resume", "Open a tenant again that is suspended, or deleted and not erased yet.", "open", static (changes, id, cancel) => changes.ResumeAsync(id, cancel)),
        State(gateway, "delete", "Shut a tenant, and erase it when Gateway:Tenants:DeletionGrace is over.", "deleted; until it is erased, 'tenant resume' brings it back", static (changes, id, cancel) => changes.DeleteAsync(id, cancel)),
    };

    /// <summary>Says what a change gave, and the exit status that goes with it.</summary>
    public static async Task<int> WriteAsync(ParseResult parsed, TenantId id, TenantChange change, string done)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        switch (change)
        {
            case TenantChange.Done:
                await output.WriteLineAsync($"{id} is {done}.");
                return ExitStatus.Ok;
            case TenantChange.Refused refused:
                foreach (var mistake in refused.Mistakes)
                {
                    await error.WriteLineAsync(mistake);
                }

                return ExitStatus.Wrong;
            default:
                await error.WriteLineAsync($"There is no tenant {id}.");
                return ExitStatus.No;
        }
    }

    private static Command State(GatewayBuilder gateway, string name, string description, string done, Func<TenantChanges, TenantId, CancellationToken, Task<TenantChange>> change)
    {
        var id = DirectorySyntax.TenantId();
        var command = new Command(name, description) { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var tenant = parsed.GetRequiredValue(id);
            return await WriteAsync(parsed, tenant, await change(services.GetRequiredService<TenantChanges>(), tenant, cancellationToken), done);
        });
        return command;
    }
}

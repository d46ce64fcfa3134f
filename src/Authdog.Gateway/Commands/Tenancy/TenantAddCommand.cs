using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Commands.Tenancy;

/// <summary><c>tenant add</c>: makes a tenant.</summary>
internal static class TenantAddCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var id = DirectorySyntax.TenantId();
        var name = new Option<string>("--name") { Description = "Name that people read; the id when absent.", HelpName = "TEXT" };
        var addresses = new Option<string[]>("--address")
        {
            Description = "A host of its own (acme.example.com) or a path on the shared host (/acme); may be repeated.",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("add", "Make a tenant, with users, roles and settings of its own.") { id, name, addresses };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var tenant = parsed.GetRequiredValue(id);
            var mistakes = (parsed.GetValue(addresses) ?? []).Where(address => TenantAddress.Normalize(address) is null)
                .Select(address => $"'{address}' is no address. Give a host without a port, such as acme.example.com, or a slash and one segment, such as /acme.").ToList();
            if (mistakes.Count > 0)
            {
                return await TenantCommands.WriteAsync(parsed, tenant, new TenantChange.Refused(mistakes), string.Empty);
            }

            if (await services.GetRequiredService<TenantDirectory>().AddAsync(tenant, parsed.GetValue(name) ?? tenant.Value, cancellationToken) is null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is a tenant {tenant} already, or there was one: an id is never given twice.");
                return ExitStatus.No;
            }

            foreach (var address in parsed.GetValue(addresses) ?? [])
            {
                var added = await services.GetRequiredService<TenantChanges>().AddAddressAsync(tenant, address, cancellationToken);
                if (added is not TenantChange.Done)
                {
                    return await TenantCommands.WriteAsync(parsed, tenant, added, string.Empty);
                }
            }

            // Nodes that were asked for it before know that there is none.
            await services.GetRequiredService<TenantChanges>().TellAsync(tenant);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"Added {tenant}. 'user add EMAIL --tenant {tenant}' makes its first user.");
            return ExitStatus.Ok;
        });
        return command;
    }
}

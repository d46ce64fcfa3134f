using System.CommandLine;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Commands.Tenancy;

/// <summary><c>tenant list</c>: all tenants.</summary>
internal static class TenantListCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var json = DirectorySyntax.Json();
        var command = new Command("list", "List all tenants by id.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var tenants = await services.GetRequiredService<TenantDirectory>().ListAsync(cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                var items = tenants.Select(tenant => (JsonNode)new JsonObject { ["id"] = tenant.Id.Value, ["name"] = tenant.Name, ["state"] = TenantShowCommand.Word(tenant.State) });
                await output.WriteLineAsync(new JsonArray([.. items]).ToJsonString());
                return ExitStatus.Ok;
            }

            foreach (var tenant in tenants)
            {
                await output.WriteLineAsync($"{tenant.Id,-24} {TenantShowCommand.Word(tenant.State),-10} {tenant.Name}");
            }

            return ExitStatus.Ok;
        });
        return command;
    }
}

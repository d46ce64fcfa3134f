using System.CommandLine;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Users;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>role …</c>: a tenant's roles and what they permit. Running sessions follow at once.</summary>
internal static class RoleCommands
{
    public static Command Create(GatewayBuilder gateway) => new("role", "Work on a tenant's roles.") { List(gateway), Set(gateway), Delete(gateway) };

    private static Argument<string> Name()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the role: 1 to 64 letters, digits and - _ . : /" };
        name.Validators.Add(result =>
        {
            if (!Role.IsName(result.Tokens[0].Value))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a role: 1 to 64 letters, digits and - _ . : /");
            }
        });
        return name;
    }

    private static Command List(GatewayBuilder gateway)
    {
        var (tenant, json) = (DirectorySyntax.Tenant(), DirectorySyntax.Json());
        var command = new Command("list", "List the roles and what they permit.") { tenant, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var roles = await scope.ServiceProvider.GetRequiredService<RoleDirectory>().ListAsync(cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(new JsonArray([.. roles.Select(role => new JsonObject { ["name"] = role.Name, ["permissions"] = DirectorySyntax.Strings(role.Permissions) })]).ToJsonString());
                return ExitStatus.Ok;
            }

            foreach (var role in roles)
            {
                await output.WriteLineAsync($"{role.Name,-24} {(role.Permissions.Count > 0 ? string.Join(' ', role.Permissions) : "-")}");
            }

            return ExitStatus.Ok;
        });
        return command;
    }

    private static Command Set(GatewayBuilder gateway)
    {
        var (name, tenant) = (Name(), DirectorySyntax.Tenant());
        var permissions = new Option<string[]>("--permission") { Description = "What the role permits, such as invoices:write; may be repeated. Replaces what it permitted before.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        permissions.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !Role.IsPermission(token.Value)))
            {
                result.AddError($"'{token.Value}' is not a permission: 1 to 64 letters, digits and - _ . : /");
            }
        });
        var command = new Command("set", "Make a role, or replace what an existing one permits.") { name, permissions, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            try
            {
                var role = await scope.ServiceProvider.GetRequiredService<RoleDirectory>().SetAsync(parsed.GetRequiredValue(name), parsed.GetValue(permissions) ?? [], cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{role.Name} permits {(role.Permissions.Count > 0 ? string.Join(' ', role.Permissions) : "nothing by itself")}.");
                return ExitStatus.Ok;
            }
            catch (ArgumentException exception)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
                return ExitStatus.Wrong;
            }
        });
        return command;
    }

    private static Command Delete(GatewayBuilder gateway)
    {
        var (name, tenant) = (Name(), DirectorySyntax.Tenant());
        var command = new Command("delete", "Delete a role, and take it from whoever has it.") { name, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var deleted = await scope.ServiceProvider.GetRequiredService<RoleDirectory>().DeleteAsync(parsed.GetRequiredValue(name), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(deleted ? $"{parsed.GetValue(name)} is deleted." : $"There is no role {parsed.GetValue(name)}.");
            return deleted ? ExitStatus.Ok : ExitStatus.No;
        });
        return command;
    }
}

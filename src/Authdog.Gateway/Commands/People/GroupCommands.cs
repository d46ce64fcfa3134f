using System.CommandLine;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Users;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>group …</c>: a tenant's groups. Running sessions follow at once.</summary>
internal static class GroupCommands
{
    public static Command Create(GatewayBuilder gateway) => new("group", "Work on a tenant's groups.") { List(gateway), Add(gateway), Set(gateway), Delete(gateway) };

    private static Argument<string> Name()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the group." };
        name.Validators.Add(result =>
        {
            if (!Group.IsName(result.Tokens[0].Value))
            {
                result.AddError($"'{result.Tokens[0].Value}' is not a group's name: 1 to 128 printable characters without a comma.");
            }
        });
        return name;
    }

    private static Command List(GatewayBuilder gateway)
    {
        var (tenant, json) = (DirectorySyntax.Tenant(), DirectorySyntax.Json());
        var command = new Command("list", "List the groups with their roles and members.") { tenant, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var groups = scope.ServiceProvider.GetRequiredService<GroupDirectory>();
            var output = parsed.InvocationConfiguration.Output;
            var items = new JsonArray();
            foreach (var group in await groups.ListAsync(cancellationToken))
            {
                var (roles, members) = (await groups.RolesAsync(group, cancellationToken), await groups.MembersAsync(group, cancellationToken));
                var addresses = members.Select(member => member.Email ?? member.UserId.ToString());
                if (parsed.GetValue(json))
                {
                    items.Add(new JsonObject { ["name"] = group.Name, ["roles"] = DirectorySyntax.Strings(roles), ["members"] = DirectorySyntax.Strings(addresses) });
                }
                else
                {
                    await output.WriteLineAsync($"{group.Name,-24} roles: {(roles.Count > 0 ? string.Join(' ', roles) : "-")}  members: {(members.Count > 0 ? string.Join(' ', addresses) : "-")}");
                }
            }

            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(items.ToJsonString());
            }

            return ExitStatus.Ok;
        });
        return command;
    }

    private static Command Add(GatewayBuilder gateway)
    {
        var (name, tenant) = (Name(), DirectorySyntax.Tenant());
        var command = new Command("add", "Make a group.") { name, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var added = await scope.ServiceProvider.GetRequiredService<GroupDirectory>().AddAsync(parsed.GetRequiredValue(name), cancellationToken) is not null;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(added ? $"Added {parsed.GetValue(name)}." : $"There is a group {parsed.GetValue(name)} already.");
            return added ? ExitStatus.Ok : ExitStatus.No;
        });
        return command;
    }

    private static Command Delete(GatewayBuilder gateway)
    {
        var (name, tenant) = (Name(), DirectorySyntax.Tenant());
        var command = new Command("delete", "Delete a group; its members lose the roles that they had by it.") { name, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var groups = scope.ServiceProvider.GetRequiredService<GroupDirectory>();
            if (await groups.FindAsync(parsed.GetRequiredValue(name), cancellationToken) is not { } group)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no group {parsed.GetValue(name)}.");
                return ExitStatus.No;
            }

            await groups.DeleteAsync(group, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{group.Name} is deleted.");
            return ExitStatus.Ok;
        });
        return command;
    }

    private static Command Set(GatewayBuilder gateway)
    {
        var (name, tenant) = (Name(), DirectorySyntax.Tenant());
        var addMember = Repeated("--add-member", "EMAIL", "Somebody to put into the group; may be repeated.");
        var removeMember = Repeated("--remove-member", "EMAIL", "Somebody to take out of it; may be repeated.");
        var addRole = Repeated("--add-role", "ROLE", "A role that all members shall have ('role set' makes one); may be repeated.");
        var removeRole = Repeated("--remove-role", "ROLE", "A role to take from it; may be repeated.");
        var command = new Command("set", "Change a group's members and roles.") { name, addMember, removeMember, addRole, removeRole, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var groups = scope.ServiceProvider.GetRequiredService<GroupDirectory>();
            var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
            var error = parsed.InvocationConfiguration.Error;
            if (await groups.FindAsync(parsed.GetRequiredValue(name), cancellationToken) is not { } group)
            {
                await error.WriteLineAsync($"There is no group {parsed.GetValue(name)}.");
                return ExitStatus.No;
            }

            var status = ExitStatus.Ok;
            foreach (var (address, add) in Pairs(parsed, addMember, removeMember))
            {
                if (!EmailAddress.TryParse(address, out var email) || await users.FindByEmailAsync(email, cancellationToken) is not { } user)
                {
                    await error.WriteLineAsync($"There is no user {address}.");
                    status = ExitStatus.No;
                }
                else
                {
                    _ = add ? await groups.AddMemberAsync(group, user, cancellationToken) : await groups.RemoveMemberAsync(group, user, cancellationToken);
                }
            }

            var roles = (await scope.ServiceProvider.GetRequiredService<RoleDirectory>().ListAsync(cancellationToken)).Select(role => role.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var (role, add) in Pairs(parsed, addRole, removeRole))
            {
                if (!roles.Contains(role))
                {
                    await error.WriteLineAsync($"There is no role {role}. 'role set {role}' makes it.");
                    status = ExitStatus.No;
                }
                else
                {
                    _ = add ? await groups.AddRoleAsync(group, role, cancellationToken) : await groups.RemoveRoleAsync(group, role, cancellationToken);
                }
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{group.Name} has the members {Words((await groups.MembersAsync(group, cancellationToken)).Select(member => member.Email!))} and the roles {Words(await groups.RolesAsync(group, cancellationToken))}.");
            return status;
        });
        return command;
    }

    private static string Words(IEnumerable<string> texts) => string.Join(", ", texts.DefaultIfEmpty("none"));

    private static Option<string[]> Repeated(string option, string value, string description) =>
        new(option) { Description = description, HelpName = value, DefaultValueFactory = _ => [] };

    private static IEnumerable<(string Value, bool Add)> Pairs(ParseResult parsed, Option<string[]> add, Option<string[]> remove) =>
        (parsed.GetValue(remove) ?? []).Select(value => (value, false)).Concat((parsed.GetValue(add) ?? []).Select(value => (value, true)));
}

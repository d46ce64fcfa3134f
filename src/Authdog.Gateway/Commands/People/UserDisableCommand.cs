using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Users;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>user disable</c> and <c>user enable</c>.</summary>
internal static class UserDisableCommand
{
    public static Command Create(GatewayBuilder gateway, string name, string description, bool disabled)
    {
        var email = DirectorySyntax.Email();
        var tenant = DirectorySyntax.Tenant();
        var command = new Command(name, description) { email, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var directory = scope.ServiceProvider.GetRequiredService<UserDirectory>();
            var address = parsed.GetRequiredValue(email);
            if (await directory.FindByEmailAsync(address, cancellationToken) is not { } user)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no user {address.Value}.");
                return ExitStatus.No;
            }

            await directory.SetDisabledAsync(user, disabled, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(disabled
                ? $"{address.Value} is disabled, and their sessions have ended."
                : $"{address.Value} may sign in again.");
            return ExitStatus.Ok;
        });
        return command;
    }
}

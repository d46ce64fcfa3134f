using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Saml;

namespace Authdog.Gateway.Commands.Sso;

/// <summary><c>connection add saml</c>: connects a SAML identity provider. Without anything known of it, it prints what has to be told there first.</summary>
internal static class ConnectionAddSamlCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var (slug, tenant) = (ConnectionCommands.Slug(), DirectorySyntax.Tenant());
        var title = new Option<string>("--title") { Description = "What people call it; the name when absent.", HelpName = "TEXT" };
        var options = new SamlCommandOptions();
        var command = new Command("saml", "Connect a SAML identity provider to a tenant.") { slug, tenant, title };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var owner = parsed.GetRequiredValue(tenant);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, owner, cancellationToken);
            var (name, now, setup) = (parsed.GetRequiredValue(slug), services.GetRequiredService<TimeProvider>().GetUtcNow(), services.GetRequiredService<SamlSetup>());
            Connection connection = new()
            {
                TenantId = owner,
                Id = Guid.CreateVersion7(now),
                Slug = name,
                Kind = ConnectionKind.Saml,
                Name = parsed.GetValue(title) ?? name,
                Settings = "{}",
                CreatedAt = now,
                UpdatedAt = now,
            };
            var change = await setup.AddAsync(connection, await options.ReadAsync(parsed, cancellationToken), cancellationToken);
            var status = await ConnectionCommands.WriteAsync(parsed, name, change, $"Connected {name}. Tell the identity provider:");
            if (status == ExitStatus.Ok)
            {
                await ConnectionSamlCommands.WritePublishedAsync(parsed.InvocationConfiguration.Output, (await setup.PublishedAsync(owner, name, cancellationToken))!);
            }

            return status;
        });
        return command;
    }
}

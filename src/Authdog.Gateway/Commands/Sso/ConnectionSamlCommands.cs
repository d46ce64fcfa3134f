using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Saml;

namespace Authdog.Gateway.Commands.Sso;

/// <summary><c>connection saml …</c>: what only SAML connections have.</summary>
internal static class ConnectionSamlCommands
{
    public static Command Create(GatewayBuilder gateway) => new("saml", "Work on what only SAML connections have.") { Set(gateway), Refresh(gateway), RotateKeys(gateway) };

    /// <summary>What the identity provider has to be told.</summary>
    public static async Task WritePublishedAsync(TextWriter output, SamlPublished published)
    {
        await output.WriteLineAsync($"  entity id, metadata  {published.EntityId}");
        await output.WriteLineAsync($"  reply address (ACS)  {published.AssertionConsumerService}");
        await output.WriteLineAsync($"  single logout        {published.SingleLogoutService}");
    }

    private static Command Set(GatewayBuilder gateway)
    {
        var (slug, tenant, options) = (ConnectionCommands.Slug(), DirectorySyntax.Tenant(), new SamlCommandOptions());
        var command = new Command("set", "Change a SAML connection. With a mistake nothing is written.") { slug, tenant };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var name = parsed.GetRequiredValue(slug);
            var change = await services.GetRequiredService<SamlSetup>().SetAsync(parsed.GetRequiredValue(tenant), name, await options.ReadAsync(parsed, cancellationToken), null, cancellationToken);
            return await ConnectionCommands.WriteAsync(parsed, name, change, $"Changed {name}.");
        });
        return command;
    }

    private static Command Refresh(GatewayBuilder gateway)
    {
        var (slug, tenant) = (ConnectionCommands.Slug(), DirectorySyntax.Tenant());
        var accept = new Option<bool>("--accept") { Description = "Take over whatever it says, after you have looked at it. The entity id has to be the same." };
        var command = new Command("refresh", "Read the identity provider's metadata again now.") { slug, tenant, accept };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var name = parsed.GetRequiredValue(slug);
            var change = await services.GetRequiredService<SamlSetup>().RefreshAsync(parsed.GetRequiredValue(tenant), name, parsed.GetValue(accept), cancellationToken);
            return await ConnectionCommands.WriteAsync(parsed, name, change, $"The metadata of {name} is read and in force.");
        });
        return command;
    }

    private static Command RotateKeys(GatewayBuilder gateway)
    {
        var (slug, tenant) = (ConnectionCommands.Slug(), DirectorySyntax.Tenant());
        var command = new Command("rotate-keys", "Replace our keys of a connection in two steps: run it, have the identity provider take over our metadata, run it again.") { slug, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var name = parsed.GetRequiredValue(slug);
            var (change, inUse) = await services.GetRequiredService<SamlSetup>().RotateKeysAsync(parsed.GetRequiredValue(tenant), name, cancellationToken);
            return await ConnectionCommands.WriteAsync(parsed, name, change, inUse
                ? $"The new keys of {name} are in use, and the old ones are gone."
                : $"New keys of {name} are published beside the old ones, which still sign. Once the identity provider has taken over our metadata, run this again.");
        });
        return command;
    }
}

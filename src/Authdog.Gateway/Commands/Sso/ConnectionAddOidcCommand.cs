using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;

namespace Authdog.Gateway.Commands.Sso;

/// <summary><c>connection add oidc</c>: connects an OpenID Provider.</summary>
internal static class ConnectionAddOidcCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var (slug, tenant) = (ConnectionCommands.Slug(), DirectorySyntax.Tenant());
        var issuer = new Option<string>("--issuer") { Description = "The provider's issuer, such as https://login.example.com.", HelpName = "URL", Required = true };
        var client = new Option<string>("--client-id") { Description = "Client id that the provider shows for this app.", HelpName = "TEXT", Required = true };
        var options = new OidcCommandOptions();
        var command = new Command("oidc", "Connect an OpenID Provider to a tenant.") { slug, tenant, issuer, client };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var name = parsed.GetRequiredValue(slug);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            Connection connection = new()
            {
                TenantId = parsed.GetRequiredValue(tenant),
                Id = Guid.CreateVersion7(now),
                Slug = name,
                Kind = ConnectionKind.Oidc,
                Name = name,
                Settings = "{}",
                CreatedAt = now,
                UpdatedAt = now,
            };
            var mistakes = await options.ApplyCommonAsync(parsed, connection, cancellationToken);
            var choices = await options.ReadAsync(parsed, mistakes, cancellationToken) with { Issuer = parsed.GetRequiredValue(issuer), ClientId = parsed.GetRequiredValue(client) };
            var change = mistakes.Count > 0 ? new ConnectionChange.Refused(mistakes) : await services.GetRequiredService<OidcSetup>().AddAsync(connection, choices, cancellationToken);
            var address = scope.ServiceProvider.GetRequiredService<ConnectionAddresses>().Of(new ConnectionAddresses.Named(name, ConnectionKind.Oidc))[0].Url;
            return await ConnectionCommands.WriteAsync(parsed, name, change, $"Connected {name}. At the provider, allow the redirect URI {address}\n'connection test {name}' tries it; 'connection show {name}' has all addresses.");
        });
        return command;
    }
}

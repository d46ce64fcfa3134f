using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;

namespace Authdog.Gateway.Commands.Sso;

/// <summary><c>connection set</c>: changes a connection. With a mistake nothing is written.</summary>
internal static class ConnectionSetCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var (slug, tenant) = (ConnectionCommands.Slug(), DirectorySyntax.Tenant());
        var domain = new Option<string>("--domain") { Description = "Lead the people of this domain of the tenant to it, once the domain is verified.", HelpName = "DOMAIN" };
        var release = new Option<string>("--release-domain") { Description = "Lead the people of this domain to it no more.", HelpName = "DOMAIN" };
        var options = new OidcCommandOptions();
        var command = new Command("set", "Change a connection.") { slug, tenant, domain, release };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var owner = parsed.GetRequiredValue(tenant);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, owner, cancellationToken);
            var (name, changes) = (parsed.GetRequiredValue(slug), services.GetRequiredService<ConnectionChanges>());
            if (await ConnectionCommands.FindAsync(parsed, services, owner, name, cancellationToken) is not { } known)
            {
                return ExitStatus.No;
            }

            // Judged on a copy: the row is changed by one transaction, or not at all.
            Connection draft = new()
            {
                TenantId = owner,
                Id = known.Id,
                Slug = name,
                Kind = known.Kind,
                Name = known.Name,
                Enabled = known.Enabled,
                Enforced = known.Enforced,
                JustInTime = known.JustInTime,
                HasButton = known.HasButton,
                Settings = known.Settings,
                Mapping = known.Mapping.ToJson(),
                CreatedAt = known.UpdatedAt,
                UpdatedAt = known.UpdatedAt,
            };
            var mistakes = await options.ApplyCommonAsync(parsed, draft, cancellationToken);
            var choices = await options.ReadAsync(parsed, mistakes, cancellationToken);
            if (known.Kind is not ConnectionKind.Oidc && options.HasProtocolOptions(parsed))
            {
                mistakes.Add($"AG5334 {name} is no OpenID Connect connection, and has no secret, scopes or settings of one. Leave them out.");
            }

            var change = mistakes.Count > 0 ? new ConnectionChange.Refused(mistakes)
                : known.Kind is ConnectionKind.Oidc ? await services.GetRequiredService<OidcSetup>().SetAsync(owner, name, choices, row => Copy(draft, row), cancellationToken)
                : await changes.SetAsync(owner, name, row => Copy(draft, row), cancellationToken);
            if (change is ConnectionChange.Done && parsed.GetValue(domain) is { } bound)
            {
                change = Sum(change, await changes.BindAsync(owner, bound, name, cancellationToken));
            }

            if (change is ConnectionChange.Done && parsed.GetValue(release) is { } freed)
            {
                change = Sum(change, await changes.BindAsync(owner, freed, null, cancellationToken));
            }

            return await ConnectionCommands.WriteAsync(parsed, name, change, $"Changed {name}.");
        });
        return command;
    }

    private static ConnectionChange Sum(ConnectionChange before, ConnectionChange after) =>
        (before, after) is (ConnectionChange.Done one, ConnectionChange.Done two) ? two with { EndedSessions = one.EndedSessions + two.EndedSessions } : after;

    private static void Copy(Connection from, Connection to) =>
        (to.Name, to.Enabled, to.Enforced, to.JustInTime, to.HasButton, to.Mapping) = (from.Name, from.Enabled, from.Enforced, from.JustInTime, from.HasButton, from.Mapping);
}

using System.CommandLine;
using System.Globalization;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Setup;

namespace Authdog.Gateway.Commands.Sso;

/// <summary><c>connection invite</c>: a link with which a customer's IT administrator sets a SAML or OpenID Connect connection up, without an account here.</summary>
internal static class ConnectionInviteCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var tenant = DirectorySyntax.TenantId();
        var name = new Option<string>("--connection") { Description = "The connection; made, switched off, when there is none of this name.", HelpName = "NAME", DefaultValueFactory = _ => "sso" };
        var protocol = new Option<string>("--protocol") { Description = "What a connection that is made speaks: saml (default) or oidc.", HelpName = "PROTOCOL", DefaultValueFactory = _ => "saml" };
        protocol.AcceptOnlyFromAmong("saml", "oidc");
        var list = new Option<bool>("--list") { Description = "List the tenant's open links instead of making one." };
        var lifetime = new Option<TimeSpan>("--lifetime") { Description = "How long the link works, at most 30 days (7.00:00:00).", HelpName = "TIME", DefaultValueFactory = _ => SetupLinks.DefaultLifetime };
        var revoke = new Option<bool>("--revoke") { Description = "End the open link at once instead of making one." };
        name.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Connection.IsSlug(result.Tokens[0].Value))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no connection's name: 1 to 40 of a-z, 0-9 and inner '-'.");
            }
        });
        var command = new Command("invite", "Make a link with which the tenant's IT administrator connects their identity provider. A new link ends the one before.") { tenant, name, protocol, lifetime, revoke, list };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var (owner, slug, links) = (parsed.GetRequiredValue(tenant), parsed.GetRequiredValue(name), services.GetRequiredService<SetupLinks>());
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, owner, cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(list))
            {
                foreach (var open in await links.ListAsync(owner, cancellationToken))
                {
                    await output.WriteLineAsync($"{open.Connection,-24} until {open.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}  {open.Provider ?? "nothing chosen yet"}{(open.Domain is null ? string.Empty : ", " + open.Domain)}{(open.Tested ? ", tried" : string.Empty)}");
                }

                return ExitStatus.Ok;
            }

            if (parsed.GetValue(revoke))
            {
                var ended = await links.RevokeAsync(owner, slug, cancellationToken);
                await output.WriteLineAsync(ended ? $"The link for {slug} is over." : $"No link for {slug} is open.");
                return ended ? ExitStatus.Ok : ExitStatus.No;
            }

            var (link, mistakes) = await links.InviteAsync(owner, slug, parsed.GetValue(protocol) is "oidc" ? ConnectionKind.Oidc : ConnectionKind.Saml, parsed.GetValue(lifetime), cancellationToken);
            foreach (var mistake in mistakes)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(mistake);
            }

            if (link is not null)
            {
                await output.WriteLineAsync(link);
            }

            return link is null ? ExitStatus.Wrong : ExitStatus.Ok;
        });
        return command;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso;

namespace Authdog.Gateway.Commands.Sso;

/// <summary><c>connection …</c>: tenants' identity providers, from a shell. A running gateway follows at once.</summary>
internal static class ConnectionCommands
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Command Create(GatewayBuilder gateway) => new("connection", "Work on the identity providers of tenants.")
    {
        new Command("add", "Connect an identity provider.") { ConnectionAddOidcCommand.Create(gateway), ConnectionAddSamlCommand.Create(gateway) },
        List(gateway),
        Show(gateway),
        ConnectionSetCommand.Create(gateway),
        Delete(gateway),
        ConnectionTestCommand.Create(gateway),
        ConnectionSamlCommands.Create(gateway),
        ConnectionInviteCommand.Create(gateway),
    };

    /// <summary>The name of a connection.</summary>
    public static Argument<string> Slug()
    {
        var slug = new Argument<string>("NAME") { Description = "The connection's name in addresses and policies: 1 to 40 of a-z, 0-9 and inner '-'." };
        slug.Validators.Add(result =>
        {
            if (!Connection.IsSlug(result.Tokens[0].Value))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no connection's name: 1 to 40 of a-z, 0-9 and inner '-'.");
            }
        });
        return slug;
    }

    /// <summary>Says what a change gave, and the exit status that goes with it.</summary>
    public static async Task<int> WriteAsync(ParseResult parsed, string slug, ConnectionChange change, string done)
    {
        switch (change)
        {
            case ConnectionChange.Done { EndedSessions: var ended }:
                await parsed.InvocationConfiguration.Output.WriteLineAsync(ended > 0 ? $"{done}\nEnded {ended} {(ended == 1 ? "session" : "sessions")} that people of its domains had begun otherwise." : done);
                return ExitStatus.Ok;
            case ConnectionChange.Refused refused:
                foreach (var mistake in refused.Mistakes)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(mistake);
                }

                return ExitStatus.Wrong;
            default:
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no connection {slug}. 'connection list' shows all.");
                return ExitStatus.No;
        }
    }

    /// <summary>The connection of a tenant, switched on or off; null, and said, when there is none.</summary>
    public static async Task<ConnectionRecord?> FindAsync(ParseResult parsed, IServiceProvider services, TenantId tenant, string slug, CancellationToken cancellationToken)
    {
        var found = (await services.GetRequiredService<Connections>().OfAsync(tenant, cancellationToken)).Find(slug);
        if (found is null)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no connection {slug}. 'connection list' shows all.");
        }

        return found;
    }

    private static Command List(GatewayBuilder gateway)
    {
        var (tenant, json) = (DirectorySyntax.Tenant(), DirectorySyntax.Json());
        var command = new Command("list", "List a tenant's connections.") { tenant, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var all = (await services.GetRequiredService<Connections>().OfAsync(parsed.GetRequiredValue(tenant), cancellationToken)).All;
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(new JsonArray([.. all.Select(connection => (JsonNode)Json(connection))]).ToJsonString());
                return ExitStatus.Ok;
            }

            foreach (var connection in all)
            {
                await output.WriteLineAsync($"{connection.Slug,-24} {Word(connection.Kind),-6} {(connection.Enabled ? connection.Enforced ? "enforced" : "on" : "off"),-9} {connection.Name}  {string.Join(' ', connection.Domains)}");
            }

            return ExitStatus.Ok;
        });
        return command;
    }

    private static Command Show(GatewayBuilder gateway)
    {
        var (slug, tenant, json) = (Slug(), DirectorySyntax.Tenant(), DirectorySyntax.Json());
        var command = new Command("show", "Show a connection: its settings (secrets left out), and the addresses to type in at the provider.") { slug, tenant, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            if (await FindAsync(parsed, services, parsed.GetRequiredValue(tenant), parsed.GetRequiredValue(slug), cancellationToken) is not { } connection)
            {
                return ExitStatus.No;
            }

            var shown = Json(connection);
            shown["addresses"] = new JsonObject([.. scope.ServiceProvider.GetRequiredService<ConnectionAddresses>().Of(connection).Select(address => KeyValuePair.Create(address.Name, (JsonNode?)address.Url))]);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(shown.ToJsonString());
                return ExitStatus.Ok;
            }

            foreach (var (name, value) in shown)
            {
                await output.WriteLineAsync($"{name,-12} {(value is JsonObject or JsonArray ? value.ToJsonString(s_indented) : value?.ToString() ?? "-")}");
            }

            return ExitStatus.Ok;
        });
        return command;
    }

    private static Command Delete(GatewayBuilder gateway)
    {
        var (slug, tenant) = (Slug(), DirectorySyntax.Tenant());
        var command = new Command("delete", "Delete a connection. Nobody is known by it any more; the users stay.") { slug, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var name = parsed.GetRequiredValue(slug);
            return await WriteAsync(parsed, name, await services.GetRequiredService<ConnectionChanges>().DeleteAsync(parsed.GetRequiredValue(tenant), name, cancellationToken), $"Deleted {name}.");
        });
        return command;
    }

    private static JsonObject Json(ConnectionRecord connection) => new()
    {
        ["name"] = connection.Slug,
        ["kind"] = Word(connection.Kind),
        ["title"] = connection.Name,
        ["enabled"] = connection.Enabled,
        ["enforced"] = connection.Enforced,
        ["just_in_time"] = connection.JustInTime,
        ["button"] = connection.HasButton,
        ["domains"] = new JsonArray([.. connection.Domains.Select(domain => (JsonNode)domain)]),
        ["settings"] = ConnectionDocument.WithoutSecrets(connection),
        ["mapping"] = JsonNode.Parse(connection.Mapping.ToJson()),
        ["changed"] = connection.UpdatedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private static string Word(ConnectionKind kind) => kind.ToString().ToLowerInvariant();
}

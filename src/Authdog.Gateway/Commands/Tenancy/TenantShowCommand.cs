using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Commands.Tenancy;

/// <summary><c>tenant show</c>: what a tenant is and has set for itself.</summary>
internal static class TenantShowCommand
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static Command Create(GatewayBuilder gateway)
    {
        var id = DirectorySyntax.TenantId();
        var json = DirectorySyntax.Json();
        var command = new Command("show", "Show a tenant and what it has set for itself.") { id, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var asked = parsed.GetRequiredValue(id);
            if (await services.GetRequiredService<TenantDirectory>().FindAsync(asked, cancellationToken) is not { } tenant)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no tenant {asked}.");
                return ExitStatus.No;
            }

            var addresses = (await services.GetRequiredService<TenantCache>().FindAsync(asked, cancellationToken))?.Addresses ?? [];
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(Json(tenant, addresses).ToJsonString(s_indented));
                return ExitStatus.Ok;
            }

            await output.WriteLineAsync($"id         {tenant.Id}");
            await output.WriteLineAsync($"name       {tenant.Name}");
            await output.WriteLineAsync($"state      {Word(tenant.State)}{(tenant.StateSince is { } since ? $" since {Time(since)}" : string.Empty)}");
            await output.WriteLineAsync($"created    {Time(tenant.CreatedAt)}");
            await output.WriteLineAsync($"addresses  {(addresses.IsEmpty ? "-" : string.Join(", ", addresses))}");
            await output.WriteLineAsync($"settings   {(tenant.Settings is null ? "the gateway's own" : JsonNode.Parse(tenant.Settings)!.ToJsonString(s_indented))}");
            return ExitStatus.Ok;
        });
        return command;
    }

    /// <summary>A tenant for programs.</summary>
    public static JsonObject Json(Tenant tenant, IEnumerable<string> addresses) => new()
    {
        ["id"] = tenant.Id.Value,
        ["name"] = tenant.Name,
        ["state"] = Word(tenant.State),
        ["state_since"] = tenant.StateSince is { } since ? Time(since) : null,
        ["created"] = Time(tenant.CreatedAt),
        ["addresses"] = new JsonArray([.. addresses.Select(address => (JsonNode)address)]),
        ["settings"] = tenant.Settings is null ? new JsonObject() : JsonNode.Parse(tenant.Settings),
    };

    /// <summary>A state in a word.</summary>
    public static string Word(TenantState state) => state switch
    {
        TenantState.Active => "active",
        TenantState.Suspended => "suspended",
        TenantState.Deleted => "deleted",
        _ => "erased",
    };

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

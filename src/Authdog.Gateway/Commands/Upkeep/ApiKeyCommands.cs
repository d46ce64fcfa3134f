using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Identifiers;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>api-key …</c>: keys of the management API.</summary>
internal static class ApiKeyCommands
{
    private const int DefaultDays = 90;

    public static Command Create(GatewayBuilder gateway) => new("api-key", "Work on keys of the management API.") { Add(gateway), List(gateway), Revoke(gateway) };

    private static Option<TenantId?> Tenant(string description) => new("--tenant")
    {
        Description = description,
        HelpName = "ID",
        CustomParser = result =>
        {
            if (TenantId.TryParse(result.Tokens[0].Value, out var tenant))
            {
                return tenant;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not a tenant id.");
            return null;
        },
    };

    private static Command Add(GatewayBuilder gateway)
    {
        var name = new Argument<string>("NAME") { Description = "What it is for, such as 'provisioning'." };
        var tenant = Tenant("Tenant that it works in.");
        var global = new Option<bool>("--global") { Description = "Works in every tenant, and may make and shut tenants." };
        var scopes = new Option<string[]>("--scope") { Description = $"What it may do; may be repeated: {string.Join(", ", ApiScopes.All)}.", HelpName = "SCOPE", Required = true };
        scopes.AcceptOnlyFromAmong([.. ApiScopes.All]);
        var days = new Option<int>("--days") { Description = "How many days it works, 1 to 366.", HelpName = "N", DefaultValueFactory = _ => DefaultDays };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 366)
            {
                result.AddError("--days is 1 to 366.");
            }
        });
        name.Validators.Add(result =>
        {
            if (!DisplayName.IsAcceptable(result.Tokens[0].Value) || result.Tokens[0].Value.Length == 0)
            {
                result.AddError($"A key's name has 1 to {ApiKeyDirectory.MaxName} printable characters.");
            }
        });
        var command = new Command("add", "Make a key. It is shown once.") { name, tenant, global, scopes, days };
        command.Validators.Add(result =>
        {
            if (result.GetValue(global) == (result.GetValue(tenant) is not null))
            {
                result.AddError("Give either --tenant ID or --global.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            if (parsed.GetValue(tenant) is { } id)
            {
                await (await GatewayBuilder.TenantScopeAsync(services, id, cancellationToken)).DisposeAsync();
            }

            var (key, text) = await services.GetRequiredService<ApiKeyDirectory>().AddAsync(
                parsed.GetValue(tenant), parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes), TimeSpan.FromDays(parsed.GetValue(days)), cancellationToken);
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            await output.WriteLineAsync(text.Reveal());
            await error.WriteLineAsync($"Keep it safe: it is shown this once. It works until {Time(key.ExpiresAt)}; 'api-key revoke {key.Id}' ends it before.");
            return ExitStatus.Ok;
        });
        return command;
    }

    private static Command List(GatewayBuilder gateway)
    {
        var (tenant, json) = (Tenant("Only keys of this tenant."), DirectorySyntax.Json());
        var command = new Command("list", "List keys, without their secrets.") { tenant, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var keys = await services.GetRequiredService<ApiKeyDirectory>().ListAsync(parsed.GetValue(tenant), cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(new JsonArray([.. keys.Select(Show)]).ToJsonString());
                return ExitStatus.Ok;
            }

            foreach (var key in keys)
            {
                await output.WriteLineAsync($"{key.Id}  {(key.IsGlobal ? "global" : key.TenantId.Value),-16} {State(key),-8} until {Time(key.ExpiresAt)}  used {(key.LastUsedAt is { } used ? Time(used) : "never")}  {key.Name}: {string.Join(' ', key.Scopes)}");
            }

            return ExitStatus.Ok;
        });
        return command;
    }

    private static Command Revoke(GatewayBuilder gateway)
    {
        var id = new Argument<string>("KEY") { Description = "The key's id, as 'api-key list' shows it." };
        var command = new Command("revoke", "End a key. The next call with it is refused.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var revoked = await services.GetRequiredService<ApiKeyDirectory>().RevokeAsync(parsed.GetRequiredValue(id), cancellationToken);
            await (revoked ? parsed.InvocationConfiguration.Output : parsed.InvocationConfiguration.Error).WriteLineAsync(revoked ? $"{parsed.GetValue(id)} works no more." : "There is no such key, or it is revoked already.");
            return revoked ? ExitStatus.Ok : ExitStatus.No;
        });
        return command;
    }

    private static JsonObject Show(ApiKey key) => new()
    {
        ["id"] = key.Id,
        ["name"] = key.Name,
        ["tenant"] = key.IsGlobal ? null : key.TenantId.Value,
        ["global"] = key.IsGlobal,
        ["state"] = State(key),
        ["scopes"] = DirectorySyntax.Strings(key.Scopes),
        ["created_at"] = key.CreatedAt,
        ["expires_at"] = key.ExpiresAt,
        ["last_used_at"] = key.LastUsedAt,
    };

    private static string State(ApiKey key) => key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= TimeProvider.System.GetUtcNow() ? "expired" : "active";

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;

namespace Authdog.Gateway.Commands.Tenancy;

/// <summary><c>tenant domain …</c>: e-mail domains of a tenant, proved by a DNS record.</summary>
internal static class DomainCommands
{
    public static Command Create(GatewayBuilder gateway) => new("domain", "Work on a tenant's e-mail domains.")
    {
        Change(gateway, "add", "Add a domain, and print the DNS record that proves it. One that is there already keeps its record.", static (domains, tenant, domain, cancel) => domains.AddAsync(tenant, domain, cancel), static row => $"{row.Domain} is added. Publish this record, then run 'tenant domain verify':\n{Record(row)}"),
        Change(gateway, "verify", "Look the record up, and give the tenant the domain.", static (domains, tenant, domain, cancel) => domains.VerifyAsync(tenant, domain, cancel), static row => $"{row.Domain} is verified."),
        Change(gateway, "remove", "Take a domain away. Nothing leads by it any more.", static (domains, tenant, domain, cancel) => domains.RemoveAsync(tenant, domain, cancel), static row => $"{row.Domain} is removed."),
        Set(gateway),
        List(gateway),
    };

    private static Argument<string> Domain() => new("DOMAIN") { Description = "The domain, such as acme.example.com; in any script." };

    private static Command Change(GatewayBuilder gateway, string name, string description, Func<DomainVerification, TenantId, string, CancellationToken, Task<DomainChange>> change, Func<TenantDomain, string> done)
    {
        var (tenant, domain) = (DirectorySyntax.TenantId(), Domain());
        var command = new Command(name, description) { tenant, domain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var id = await TenantAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            return await WriteAsync(parsed, await change(services.GetRequiredService<DomainVerification>(), id, parsed.GetRequiredValue(domain), cancellationToken), done);
        });
        return command;
    }

    private static Command Set(GatewayBuilder gateway)
    {
        var (tenant, domain) = (DirectorySyntax.TenantId(), Domain());
        var capture = new Option<bool?>("--capture") { Description = "Whether who signs up with an address of the domain is led to its connection (true or false)." };
        var join = new Option<bool?>("--join") { Description = "Whether people with a verified address of the domain become users by themselves (true or false), even where sign-up is shut." };
        var roles = new Option<string[]>("--join-role") { Description = "A role that those get ('role set' makes one); may be repeated, and replaces those before. An empty one gives none.", HelpName = "ROLE", DefaultValueFactory = _ => [] };
        var command = new Command("set", "Say what a domain does.") { tenant, domain, capture, join, roles };
        command.Validators.Add(result =>
        {
            if (result.GetValue(capture) is null && result.GetValue(join) is null && result.GetValue(roles) is null or [])
            {
                result.AddError("Give --capture, --join or --join-role.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var id = await TenantAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var wishes = new DomainWishes
            {
                Capture = parsed.GetValue(capture),
                Join = parsed.GetValue(join),
                JoinRoles = parsed.GetValue(roles) is { Length: > 0 } given ? [.. given.Where(static role => role.Length > 0)] : null,
            };
            var change = await services.GetRequiredService<DomainVerification>().SetAsync(id, parsed.GetRequiredValue(domain), wishes, cancellationToken);
            return await WriteAsync(parsed, change, static row => $"{row.Domain} is changed: {Does(row)}.");
        });
        return command;
    }

    private static Command List(GatewayBuilder gateway)
    {
        var (tenant, json) = (DirectorySyntax.TenantId(), DirectorySyntax.Json());
        var command = new Command("list", "List a tenant's domains with their records.") { tenant, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var id = await TenantAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var domains = await services.GetRequiredService<DomainVerification>().ListAsync(id, cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(new JsonArray([.. domains.Select(Json)]).ToJsonString());
                return ExitStatus.Ok;
            }

            foreach (var row in domains)
            {
                await output.WriteLineAsync($"{row.Domain,-32} {State(row)}{(row.VerifiedAt is null ? "\n" + Record(row) : string.Empty)}");
            }

            return ExitStatus.Ok;
        });
        return command;
    }

    private static async Task<TenantId> TenantAsync(IServiceProvider services, TenantId tenant, CancellationToken cancellationToken)
    {
        await using var scope = await GatewayBuilder.TenantScopeAsync(services, tenant, cancellationToken);
        return tenant;
    }

    private static async Task<int> WriteAsync(ParseResult parsed, DomainChange change, Func<TenantDomain, string> done)
    {
        if (change is DomainChange.Done { Domain: var row })
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(done(row));
            return ExitStatus.Ok;
        }

        var refused = (DomainChange.Refused)change;
        await parsed.InvocationConfiguration.Error.WriteLineAsync(refused.Text);
        return refused.Reason is DomainRefusal.NotADomain or DomainRefusal.Shared or DomainRefusal.TooMany or DomainRefusal.UnknownRole ? ExitStatus.Wrong : ExitStatus.No;
    }

    private static string Record(TenantDomain row) => $"  {DomainChallenge.NameOf(row.Domain)}.  TXT  \"{DomainChallenge.TextOf(row.Token)}\"";

    private static string State(TenantDomain row) => (row.VerifiedAt, row.MissingSince) switch
    {
        (null, _) => "waits for its record",
        ({ } since, null) => $"verified {Time(since)}{(row.Capture || row.Join ? ", " + Does(row) : string.Empty)}",
        ({ } since, { } missing) => $"verified {Time(since)}, record missing since {Time(missing)}",
    };

    private static string Does(TenantDomain row) => (row.Capture, row.Join) switch
    {
        (false, false) => "captures nothing, nobody joins by it",
        (true, false) => "captures sign-ups",
        (var capture, true) => $"{(capture ? "captures sign-ups, " : string.Empty)}its people join by themselves{(row.JoinRoles.Count > 0 ? " as " + string.Join(", ", row.JoinRoles) : string.Empty)}",
    };

    private static JsonObject Json(TenantDomain row) => new()
    {
        ["domain"] = row.Domain,
        ["verified"] = row.VerifiedAt is { } since ? Time(since) : null,
        ["missing_since"] = row.MissingSince is { } missing ? Time(missing) : null,
        ["capture"] = row.Capture,
        ["join"] = row.Join,
        ["join_roles"] = new JsonArray([.. row.JoinRoles.Select(static role => (JsonNode)role)]),
        ["record_name"] = DomainChallenge.NameOf(row.Domain),
        ["record_text"] = DomainChallenge.TextOf(row.Token),
    };

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

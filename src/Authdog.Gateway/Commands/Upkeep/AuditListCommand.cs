using System.CommandLine;
using System.Globalization;
using System.Text;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Users;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>audit list</c>: security events as JSON lines, oldest first.</summary>
internal static class AuditListCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var tenant = DirectorySyntax.Tenant();
        var user = new Option<string>("--user") { Description = "Only what concerns this user, by address or by id (of an erased one too), or what they did.", HelpName = "EMAIL|ID" };
        var kinds = new Option<AuditEventKind[]>("--event") { Description = "Only events of this kind, such as SignInFailed; may be repeated.", HelpName = "KIND", DefaultValueFactory = _ => [] };
        var since = Instant("--since", "Only events from then on, such as 2027-01-31 or 2027-01-31T08:00:00Z.");
        var until = Instant("--until", "Only events before that.");
        var address = new Option<string>("--address") { Description = "Only events that came from this client address.", HelpName = "IP" };
        var decision = new Option<string>("--decision") { Description = "Only events with this decision id, as an answer or the log has it.", HelpName = "ID" };
        var limit = new Option<int>("--limit") { Description = $"How many at most: 1 to {AuditQuery.MaxLimit}.", DefaultValueFactory = _ => 100, HelpName = "N" };
        var after = new Option<long?>("--after") { Description = "Go on after the event with this sequence: the cursor. With --newest, before it.", HelpName = "SEQUENCE" };
        var newest = new Option<bool>("--newest") { Description = "Newest first." };
        limit.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= AuditQuery.MaxLimit))
            {
                result.AddError($"--limit is 1 to {AuditQuery.MaxLimit}.");
            }
        });
        var command = new Command("list", "List security events as JSON lines.") { tenant, user, kinds, since, until, address, decision, limit, after, newest };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var whom = parsed.GetValue(user);
            var id = whom is null ? null : await UserAsync(scope.ServiceProvider, whom, cancellationToken);
            if (whom is not null && id is null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no user {whom}. Of one that is erased, give the id.");
                return ExitStatus.No;
            }

            var entries = await services.GetRequiredService<AuditReader>().ListAsync(
                parsed.GetRequiredValue(tenant),
                new AuditQuery
                {
                    Cursor = parsed.GetValue(after),
                    Limit = parsed.GetValue(limit),
                    NewestFirst = parsed.GetValue(newest),
                    User = id,
                    Kinds = parsed.GetValue(kinds) ?? [],
                    Since = parsed.GetValue(since),
                    Until = parsed.GetValue(until),
                    Address = parsed.GetValue(address),
                    Decision = parsed.GetValue(decision),
                },
                cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteAsync(Encoding.UTF8.GetString(AuditJson.Lines(entries)));
            return ExitStatus.Ok;
        });
        return command;
    }

    private static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return time;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no time. Write it like 2027-01-31 or 2027-01-31T08:00:00Z.");
            return null;
        },
    };

    private static async Task<UserId?> UserAsync(IServiceProvider services, string whom, CancellationToken cancellationToken) =>
        Guid.TryParse(whom, out var id) ? new UserId(id)
        : EmailAddress.TryParse(whom, out var email) ? (await services.GetRequiredService<UserDirectory>().FindByEmailAsync(email, cancellationToken))?.UserId
        : null;
}

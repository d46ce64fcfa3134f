using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Commands.Upkeep;

/// <summary><c>audit verify</c>: whether the record is whole.</summary>
internal static class AuditVerifyCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var tenant = new Option<TenantId>("--tenant")
        {
            Description = "Only this tenant's record; without it, everybody's.",
            HelpName = "ID",
            CustomParser = result =>
            {
                if (TenantId.TryParse(result.Tokens[0].Value, out var id))
                {
                    return id;
                }

                result.AddError($"'{result.Tokens[0].Value}' is not a tenant id.");
                return null;
            },
        };
        var head = new Option<string>("--head")
        {
            Description = "A head that an earlier run printed (such as 42:9f86…), which the record must still have. It shows an older copy that was put in its place. Needs --tenant.",
            HelpName = "SEQUENCE:HASH",
        };
        var command = new Command("verify", "Check that no event was changed, removed, inserted or moved, and name the first that was.") { tenant, head };
        command.Validators.Add(result =>
        {
            if (result.GetValue(head) is not null && result.GetValue(tenant) is null)
            {
                result.AddError("--head needs --tenant.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var verifier = services.GetRequiredService<AuditVerifier>();
            IEnumerable<TenantId> tenants = parsed.GetValue(tenant) is { } one
                ? [one]
                : (await services.GetRequiredService<TenantDirectory>().ListAsync(cancellationToken)).Select(row => row.Id);
            var status = ExitStatus.Ok;
            foreach (var id in tenants)
            {
                var verdict = await verifier.VerifyAsync(id, parsed.GetValue(head), cancellationToken);
                status = verdict is AuditVerdict.Broken ? ExitStatus.No : status;
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{id}: {Text(verdict)}");
            }

            return status;
        });
        return command;
    }

    private static string Text(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Intact { Base: 0 } intact => $"intact, {intact.Entries} events, head {intact.Head}",
        AuditVerdict.Intact intact => $"intact, {intact.Entries} events after {intact.Base} (what was before is thrown away by age), head {intact.Head}",
        AuditVerdict.Broken { Id: { } id, Sequence: { } place } broken => $"BROKEN at event {place} ({id}): it {broken.What}",
        AuditVerdict.Broken { Sequence: { } place } broken => $"BROKEN at event {place}: it {broken.What}",
        AuditVerdict.Broken broken => $"BROKEN: {broken.What}",
        _ => "no events",
    };
}

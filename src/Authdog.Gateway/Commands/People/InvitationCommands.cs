using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Invitations;
using Authdog.Identity.Mail;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>invitation …</c>: asks people to join a tenant, by mail.</summary>
internal static class InvitationCommands
{
    private const int PageSize = 200;

    public static Command Create(GatewayBuilder gateway) => new("invitation", "Ask people to join a tenant.")
    {
        Add(gateway),
        List(gateway),
        Change(gateway, "resend", "Mail a new link; the one before works no more.", static async (directory, invitation, cancel) => await directory.ResendAsync(invitation, cancel)),
        Revoke(gateway),
    };

    private static Command Add(GatewayBuilder gateway)
    {
        var (email, tenant) = (DirectorySyntax.Email(), DirectorySyntax.Tenant());
        var roles = Repeated("--role", "ROLE", "A role to give ('role set' makes one); may be repeated.");
        var groups = Repeated("--group", "GROUP", "A group to put into ('group add' makes one); may be repeated.");
        var days = new Option<int?>("--days") { Description = "How many days the link works.", HelpName = "N" };
        var language = new Option<string?>("--language") { Description = "Language of the mail, such as de.", HelpName = "TAG" };
        var command = new Command("add", "Invite somebody by mail.") { email, roles, groups, days, language, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var request = new InvitationRequest(parsed.GetRequiredValue(email))
            {
                Roles = parsed.GetValue(roles) ?? [],
                Groups = parsed.GetValue(groups) ?? [],
                Lifetime = parsed.GetValue(days) is { } given ? TimeSpan.FromDays(Math.Clamp(given, 0, 1000)) : null,
                Language = parsed.GetValue(language),
            };
            return await WriteAsync(parsed, services, await scope.ServiceProvider.GetRequiredService<InvitationDirectory>().SendAsync(request, cancellationToken));
        });
        return command;
    }

    private static Command List(GatewayBuilder gateway)
    {
        var (tenant, json) = (DirectorySyntax.Tenant(), DirectorySyntax.Json());
        var command = new Command("list", "List invitations, and requests to join that wait for one.") { tenant, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var (directory, requests) = (scope.ServiceProvider.GetRequiredService<InvitationDirectory>(), scope.ServiceProvider.GetRequiredService<JoinRequests>());
            var (output, items, now) = (parsed.InvocationConfiguration.Output, new JsonArray(), TimeProvider.System.GetUtcNow());
            IReadOnlyList<Invitation> page = [];
            do
            {
                page = await directory.ListAsync(page.Count > 0 ? page[^1].Id : null, PageSize, cancellationToken);
                foreach (var invitation in page)
                {
                    var state = invitation is { State: InvitationState.Pending } && !invitation.IsOpenAt(now) ? "expired" : invitation.State.ToString().ToLowerInvariant();
                    await LineAsync(parsed.GetValue(json), invitation.Id, invitation.Email, state, $"until {Time(invitation.ExpiresAt)}  roles: {Words(invitation.Roles)}  groups: {Words(invitation.Groups)}");
                }
            }
            while (page.Count == PageSize);

            foreach (var request in await requests.ListAsync(null, PageSize, cancellationToken))
            {
                await LineAsync(parsed.GetValue(json), request.Id, request.Email, "asks to join", $"since {Time(request.CreatedAt)}");
            }

            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(items.ToJsonString());
            }

            return ExitStatus.Ok;

            async Task LineAsync(bool asJson, Guid id, string address, string state, string more)
            {
                if (asJson)
                {
                    items.Add(new JsonObject { ["id"] = id.ToString(), ["email"] = address, ["state"] = state });
                }
                else
                {
                    await output.WriteLineAsync($"{address,-32} {state,-12} {more}");
                }
            }
        });
        return command;
    }

    private static Command Revoke(GatewayBuilder gateway) => Change(gateway, "revoke", "Take an invitation back.", static async (directory, invitation, cancel) =>
        await directory.RevokeAsync(invitation, cancel) ? null : new InvitationResult.Over());

    private static Command Change(GatewayBuilder gateway, string name, string description, Func<InvitationDirectory, Invitation, CancellationToken, Task<InvitationResult?>> change)
    {
        var (email, tenant) = (DirectorySyntax.Email(), DirectorySyntax.Tenant());
        var command = new Command(name, description) { email, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var directory = scope.ServiceProvider.GetRequiredService<InvitationDirectory>();
            if (await directory.FindAsync(parsed.GetRequiredValue(email), cancellationToken) is not { } invitation)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no invitation for {parsed.GetRequiredValue(email).Value}.");
                return ExitStatus.No;
            }

            if (await change(directory, invitation, cancellationToken) is { } result)
            {
                return await WriteAsync(parsed, services, result);
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync($"The invitation of {invitation.Email} works no more.");
            return ExitStatus.Ok;
        });
        return command;
    }

    private static async Task<int> WriteAsync(ParseResult parsed, IServiceProvider services, InvitationResult result)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        switch (result)
        {
            case InvitationResult.Sent { Invitation: var invitation }:
                await services.GetRequiredService<WaitingMail>().DeliverAsync();
                await output.WriteLineAsync($"Invited {invitation.Email}; the link works until {Time(invitation.ExpiresAt)}.");
                return ExitStatus.Ok;
            case InvitationResult.Open { Invitation: var open }:
                await error.WriteLineAsync($"{open.Email} has an open invitation. 'invitation resend' mails it again, 'invitation revoke' takes it back.");
                return ExitStatus.No;
            case InvitationResult.TooMany:
                await error.WriteLineAsync("This address got many invitations lately. Wait an hour (Accounts:Invitations:MessagesPerAddress).");
                return ExitStatus.No;
            case InvitationResult.Refused { Mistakes: var mistakes }:
                foreach (var (field, problem) in mistakes)
                {
                    await error.WriteLineAsync($"{field}: {problem}");
                }

                return ExitStatus.Wrong;
            default:
                await error.WriteLineAsync("This invitation is over: it was accepted or taken back.");
                return ExitStatus.No;
        }
    }

    private static Option<string[]> Repeated(string option, string value, string description) => new(option) { Description = description, HelpName = value, DefaultValueFactory = _ => [] };

    private static string Words(IEnumerable<string> texts) => string.Join(", ", texts.DefaultIfEmpty("-"));

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}

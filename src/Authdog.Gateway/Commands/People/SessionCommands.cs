using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>session revoke</c>: ends sessions on every node.</summary>
internal static class SessionCommands
{
    public static Command Create(GatewayBuilder gateway)
    {
        var user = new Option<string>("--user") { Description = "End all sessions of this user.", HelpName = "EMAIL" };
        var id = new Option<string>("--id") { Description = "End the session with this id (the sid of logs and assertions).", HelpName = "HASH" };
        var tenant = DirectorySyntax.Tenant();
        var revoke = new Command("revoke", "End sessions at once, on every node.") { user, id, tenant };
        revoke.Validators.Add(result =>
        {
            if (result.GetValue(user) is null == result.GetValue(id) is null)
            {
                result.AddError("Give either --user EMAIL or --id HASH.");
            }
            else if (result.GetValue(id) is { } hash && !(hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)))
            {
                result.AddError("A session id is 64 lower-case hexadecimal digits.");
            }
            else if (result.GetValue(user) is { } address && !EmailAddress.TryParse(address, out _))
            {
                result.AddError($"'{address}' is not an e-mail address.");
            }
        });
        revoke.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var ended = parsed.GetValue(id) is { } hash
                ? await scope.ServiceProvider.GetRequiredService<SessionStore>().RevokeAsync(new SessionId(hash), cancellationToken) ? 1 : 0
                : await RevokeAllAsync(scope.ServiceProvider, parsed.GetRequiredValue(tenant), parsed.GetValue(user), cancellationToken);
            if (ended > 0)
            {
                await AuditAsync(scope.ServiceProvider, parsed.GetRequiredValue(tenant), parsed.GetValue(user), parsed.GetValue(id), cancellationToken);
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(ended switch
            {
                null => $"There is no user {parsed.GetValue(user)}.",
                0 => "There was no such session.",
                1 => "Ended 1 session.",
                _ => $"Ended {ended} sessions.",
            });
            return ended > 0 ? ExitStatus.Ok : ExitStatus.No;
        });
        return new Command("session", "Work on sessions.") { revoke };
    }

    private static async Task AuditAsync(IServiceProvider services, TenantId tenant, string? email, string? session, CancellationToken cancellationToken)
    {
        var user = EmailAddress.TryParse(email, out var address) ? await services.GetRequiredService<UserDirectory>().FindByEmailAsync(address, cancellationToken) : null;
        await services.GetRequiredService<AuditLog>().WriteAsync(new AuditEvent(tenant, AuditEventKind.SessionsRevoked, user?.UserId) { Session = session }, cancellationToken);
    }

    private static async Task<int?> RevokeAllAsync(IServiceProvider services, TenantId tenant, string? email, CancellationToken cancellationToken)
    {
        var directory = services.GetRequiredService<UserDirectory>();
        return EmailAddress.TryParse(email, out var address) && await directory.FindByEmailAsync(address, cancellationToken) is { } user
            ? await services.GetRequiredService<SessionStore>().RevokeAllAsync(tenant, user.UserId, except: null, cancellationToken)
            : null;
    }
}

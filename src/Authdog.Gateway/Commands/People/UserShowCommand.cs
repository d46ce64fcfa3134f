using System.CommandLine;
using System.Globalization;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;

namespace Authdog.Gateway.Commands.People;

/// <summary><c>user show</c>: what the directory knows about somebody.</summary>
internal static class UserShowCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var email = DirectorySyntax.Email();
        var tenant = DirectorySyntax.Tenant();
        var command = new Command("show", "Show what the directory knows about a user.") { email, tenant };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            await using var scope = await GatewayBuilder.TenantScopeAsync(services, parsed.GetRequiredValue(tenant), cancellationToken);
            var directory = scope.ServiceProvider.GetRequiredService<UserDirectory>();
            var address = parsed.GetRequiredValue(email);
            if (await directory.FindByEmailAsync(address, cancellationToken) is not { } user)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"There is no user {address.Value}.");
                return ExitStatus.No;
            }

            var entitlements = await directory.EntitlementsAsync(user, cancellationToken);
            var sessions = await scope.ServiceProvider.GetRequiredService<SessionStore>().ListAsync(user.TenantId, user.UserId, cancellationToken);
            await WriteAsync(parsed.InvocationConfiguration.Output, user, entitlements, sessions);
            return ExitStatus.Ok;
        });
        return command;
    }

    private static async Task WriteAsync(TextWriter output, User user, Entitlements entitlements, IReadOnlyList<Session> sessions)
    {
        await output.WriteLineAsync($"id        {user.UserId}");
        await output.WriteLineAsync($"tenant    {user.TenantId}");
        await output.WriteLineAsync($"email     {user.Email}{(user.EmailConfirmed ? " (verified)" : " (not verified)")}");
        await output.WriteLineAsync($"name      {user.Name ?? "-"}");
        await output.WriteLineAsync($"roles     {List(entitlements.Roles)}");
        await output.WriteLineAsync($"groups    {List(entitlements.Groups)}");
        await output.WriteLineAsync($"permits   {List(entitlements.Permissions)}");
        await output.WriteLineAsync($"password  {(user.PasswordHash is null ? "none yet" : "set")}");
        await output.WriteLineAsync($"state     {(user.Disabled ? "disabled" : "active")}");
        await output.WriteLineAsync($"created   {Time(user.CreatedAt)}");
        foreach (var session in sessions)
        {
            await output.WriteLineAsync($"session   {session.Id} since {Time(session.CreatedAt)} ({session.Acr}, {string.Join(" ", session.Amr)})");
        }
    }

    private static string List(IReadOnlyCollection<string> names) => names.Count > 0 ? string.Join(", ", names) : "-";

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

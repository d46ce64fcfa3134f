using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary>Somebody of the directory, as policies see them.</summary>
internal sealed record DirectoryPerson(string Id, string Email, bool EmailVerified, IReadOnlyList<string> Roles)
{
    /// <summary>Looks up the user of a question that names no roles; null when it names some, or the directory does not know them.</summary>
    public static async Task<DirectoryPerson?> FindAsync(GatewayBuilder gateway, ParseResult parsed, PolicyQuestion question, CancellationToken cancellationToken)
    {
        var asksDirectory = parsed.GetValue(question.Person.User) is not null && parsed.GetValue(question.Person.Roles) is not { Length: > 0 };
        if (!asksDirectory
            || !EmailAddress.TryParse(parsed.GetValue(question.Person.User), out var email)
            || !TenantId.TryParse(parsed.GetValue(question.Person.Tenant), out var tenant))
        {
            return null;
        }

        await using var services = gateway.Services(parsed);
        if (!Directory.Exists(services.GetRequiredService<DataFolder>().Path))
        {
            return null;
        }

        await services.GetRequiredService<DirectoryMigrator>().PrepareAsync(cancellationToken);
        await using var scope = await GatewayBuilder.TenantScopeAsync(services, tenant, cancellationToken);
        var directory = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        return await directory.FindByEmailAsync(email, cancellationToken) is { } user
            ? new DirectoryPerson(user.UserId.ToString(), user.Email ?? email.Value, user.EmailConfirmed, await directory.RolesAsync(user, cancellationToken))
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"The directory knows {Email}: {(EmailVerified ? "verified" : "not verified")}, roles {(Roles.Count > 0 ? string.Join(", ", Roles) : "none")}.";
}

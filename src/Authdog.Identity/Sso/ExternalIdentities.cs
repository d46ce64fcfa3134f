using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso;

/// <summary>Which identity elsewhere is which user: tenant, connection, issuer and subject together, never an address (I4).</summary>
internal sealed class ExternalIdentities(DirectoryContext context, AuditLog audit, ILogger<ExternalIdentities> logger)
{
    /// <summary>The user of an identity; null when it is nobody's.</summary>
    public async Task<User?> FindAsync(string provider, string issuer, string subject, CancellationToken cancellationToken) =>
        await RowAsync(provider, issuer, subject, cancellationToken) is { } row ? await context.Set<User>().SingleOrDefaultAsync(user => user.Id == row.UserId, cancellationToken) : null;

    /// <summary>The row of an identity, tracked.</summary>
    public Task<UserLogin?> RowAsync(string provider, string issuer, string subject, CancellationToken cancellationToken)
    {
        var key = Key(issuer, subject);
        return context.Set<UserLogin>().SingleOrDefaultAsync(login => login.LoginProvider == provider && login.ProviderKey == key, cancellationToken);
    }

    /// <summary>Whether a user is known by a connection or provider.</summary>
    public Task<bool> HasAsync(UserId user, string provider, CancellationToken cancellationToken) =>
        context.Set<UserLogin>().AnyAsync(login => login.UserId == user.Value && login.LoginProvider == provider, cancellationToken);

    /// <summary>Providers by which a user is known.</summary>
    public async Task<IReadOnlyList<string>> ProvidersAsync(UserId user, CancellationToken cancellationToken) =>
        await context.Set<UserLogin>().Where(login => login.UserId == user.Value).Select(login => login.LoginProvider).Distinct().ToListAsync(cancellationToken);

    /// <summary>Makes an identity a user's; false when it has become somebody else's meanwhile.</summary>
    public async Task<bool> LinkAsync(User user, string provider, string issuer, string subject, string name, CancellationToken cancellationToken)
    {
        UserLogin row = new() { TenantId = user.TenantId, UserId = user.Id, LoginProvider = provider, ProviderKey = Key(issuer, subject), ProviderDisplayName = name };
        context.Add(row);
        var entry = audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.IdentityLinked, user.UserId, Detail: name));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            SsoLog.Linked(logger, user.UserId.ToString(), name);
            return true;
        }
        catch (DbUpdateException)
        {
            context.Entry(row).State = EntityState.Detached;
            context.Entry(entry).State = EntityState.Detached;
            if (await RowAsync(provider, issuer, subject, cancellationToken) is not { } winner)
            {
                throw;
            }

            return winner.UserId == user.Id;
        }
    }

    // An issuer has no blank (it is a URI): no two pairs give one key (B10).
    private static string Key(string issuer, string subject) => $"{issuer} {subject}";
}

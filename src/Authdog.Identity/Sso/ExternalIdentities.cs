using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso;

/// <summary>Which identity elsewhere is which user: tenant, connection, issuer and subject together, never an address (I4).</summary>
internal sealed class ExternalIdentities(DirectoryContext context, AuditLog audit, TimeProvider time, ILogger<ExternalIdentities> logger)
{
    /// <summary>What came of making an identity a user's.</summary>
    internal enum Linking
    {
        Linked,

        /// <summary>It was theirs before.</summary>
        Known,

        /// <summary>It is somebody else's.</summary>
        OtherUsers,
    }

    /// <summary>The user of an identity; null when it is nobody's.</summary>
    public async Task<User?> FindAsync(string provider, string issuer, string subject, CancellationToken cancellationToken) =>
        await RowAsync(provider, issuer, subject, cancellationToken) is { } row ? await context.Set<User>().SingleOrDefaultAsync(user => user.Id == row.UserId, cancellationToken) : null;

    /// <summary>The row of an identity, tracked.</summary>
    public Task<UserLogin?> RowAsync(string provider, string issuer, string subject, CancellationToken cancellationToken) =>
        RowAsync(new ExternalIdentity(provider, issuer, subject, string.Empty, null), cancellationToken);

    /// <summary>Providers by which a user is known.</summary>
    public async Task<IReadOnlyList<string>> ProvidersAsync(UserId user, CancellationToken cancellationToken) =>
        await Of(user).Select(login => login.LoginProvider).Distinct().ToListAsync(cancellationToken);

    /// <summary>How many identities a user has.</summary>
    public Task<int> CountAsync(UserId user, CancellationToken cancellationToken) => Of(user).CountAsync(cancellationToken);

    /// <summary>A user's identities, oldest first.</summary>
    public async Task<IReadOnlyList<UserLogin>> ListAsync(UserId user, CancellationToken cancellationToken) =>
        [.. (await Of(user).AsNoTracking().ToListAsync(cancellationToken)).OrderBy(static login => login.LinkedAt).ThenBy(static login => login.LoginProvider, StringComparer.Ordinal)];

    /// <summary>One of a user's identities by its id; null when they have none of it.</summary>
    public async Task<UserLogin?> FindOwnAsync(UserId user, string id, CancellationToken cancellationToken) =>
        (await ListAsync(user, cancellationToken)).FirstOrDefault(login => IdOf(login.LoginProvider, login.ProviderKey) == id);

    /// <summary>Name of an identity in addresses: says nothing of whom it is.</summary>
    public static string IdOf(string provider, string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{provider.Length}:{provider}{key}")).AsSpan(..16));

    /// <summary>Makes an identity a user's, unless it is somebody's.</summary>
    public async Task<Linking> LinkAsync(User user, ExternalIdentity identity, CancellationToken cancellationToken)
    {
        if (await RowAsync(identity, cancellationToken) is { } before)
        {
            return Whose(before, user);
        }

        UserLogin row = new()
        {
            TenantId = user.TenantId,
            UserId = user.Id,
            LoginProvider = identity.Provider,
            ProviderKey = identity.Key,
            ProviderDisplayName = identity.Name,
            Account = identity.Account,
            LinkedAt = time.GetUtcNow(),
        };
        context.Add(row);
        var entry = audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.IdentityLinked, user.UserId, Detail: identity.Name));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            SsoLog.Linked(logger, user.UserId.ToString(), identity.Name);
            return Linking.Linked;
        }
        catch (DbUpdateException)
        {
            context.Entry(row).State = EntityState.Detached;
            context.Entry(entry).State = EntityState.Detached;
            if (await RowAsync(identity, cancellationToken) is not { } winner)
            {
                throw;
            }

            return Whose(winner, user);
        }
    }

    /// <summary>Takes one of a user's identities away, be it the last way in (<see cref="Login.WaysIn"/>); the row that is gone, null when there was none. Within the transaction at hand, or one of its own.</summary>
    public async Task<UserLogin?> UnlinkAsync(User user, string id, CancellationToken cancellationToken)
    {
        await using var transaction = context.Database.CurrentTransaction is null ? await context.Database.BeginTransactionAsync(cancellationToken) : null;
        if (await FindOwnAsync(user.UserId, id, cancellationToken) is not { } row
            || await Of(user.UserId).Where(login => login.LoginProvider == row.LoginProvider && login.ProviderKey == row.ProviderKey).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return null;
        }

        audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.IdentityUnlinked, user.UserId, Detail: row.ProviderDisplayName));
        await context.SaveChangesAsync(cancellationToken);
        await (transaction?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
        SsoLog.Unlinked(logger, user.UserId.ToString(), row.ProviderDisplayName ?? row.LoginProvider);
        return row;
    }

    private static Linking Whose(UserLogin row, User user) => row.UserId == user.Id ? Linking.Known : Linking.OtherUsers;

    private Task<UserLogin?> RowAsync(ExternalIdentity identity, CancellationToken cancellationToken)
    {
        var key = identity.Key;
        return context.Set<UserLogin>().SingleOrDefaultAsync(login => login.LoginProvider == identity.Provider && login.ProviderKey == key, cancellationToken);
    }

    private IQueryable<UserLogin> Of(UserId user) => context.Set<UserLogin>().Where(login => login.UserId == user.Value);
}

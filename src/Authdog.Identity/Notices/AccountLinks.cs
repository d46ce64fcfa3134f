using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Notices;

/// <summary>Links that work for days, once (I5): 256 random bits, kept as their hash under tenant and purpose, taken by an atomic delete.</summary>
internal sealed class AccountLinks(DirectoryContext context, TimeProvider time) : IUpkeep
{
    private const int SecretLength = 43;

    /// <summary>Keeps a link and returns its secret.</summary>
    public async Task<string> IssueAsync(UserId user, string purpose, string? subject, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        var link = context.Add(new AccountLink
        {
            TenantId = context.Tenant,
            Id = Hash(purpose, secret),
            UserId = user.Value,
            Purpose = purpose,
            Subject = subject,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        });
        await context.SaveChangesAsync(cancellationToken);
        link.State = EntityState.Detached;
        return secret;
    }

    /// <summary>Reads without consuming (a GET shows, mail scanners open it too); null when unknown, used or too old.</summary>
    public async Task<AccountLink?> PeekAsync(string purpose, string? secret, CancellationToken cancellationToken)
    {
        if (secret is not { Length: SecretLength } || !Base64Url.IsValid(secret))
        {
            return null;
        }

        var id = Hash(purpose, secret);
        var link = await context.Set<AccountLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == id && l.Purpose == purpose, cancellationToken);
        return link is not null && time.GetUtcNow() < link.ExpiresAt ? link : null;
    }

    /// <summary>Consumes a link; of two that try, one gets false.</summary>
    public async Task<bool> TakeAsync(AccountLink link, CancellationToken cancellationToken) =>
        await context.Set<AccountLink>().Where(l => l.Id == link.Id).ExecuteDeleteAsync(cancellationToken) == 1;

    /// <summary>Ends every link of the same person that is not older. Whoever has the older link had the mailbox longer: a thief who moved an account to a
    /// mailbox of their own cannot end the link by which its owner undoes that.</summary>
    public Task EndLaterAsync(AccountLink link, CancellationToken cancellationToken) =>
        context.Set<AccountLink>().Where(l => l.UserId == link.UserId && l.CreatedAt >= link.CreatedAt).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Ends a person's links of one purpose.</summary>
    public Task EndAsync(UserId user, string purpose, CancellationToken cancellationToken) =>
        context.Set<AccountLink>().Where(l => l.UserId == user.Value && l.Purpose == purpose).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Throws away what works no more.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return context.Set<AccountLink>().Where(l => l.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }

    private static string Hash(string purpose, string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{secret}")));
}

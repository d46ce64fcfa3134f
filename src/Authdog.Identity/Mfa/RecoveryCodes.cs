using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Audit;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Mfa;

/// <summary>The recovery codes of the tenant's users: look-up secrets (NIST SP 800-63B-4, section 3.1.2), shown once and kept hashed.</summary>
internal sealed class RecoveryCodes(DirectoryContext context, AuditLog audit, TimeProvider time)
{
    /// <summary>How many are made at once.</summary>
    public const int Count = 10;

    /// <summary>From this many on, their owner is told to make new ones.</summary>
    public const int Few = 3;

    // 120 bits: 24 letters and digits.
    private const int Bytes = 15;
    private const int Length = 24;
    private const int MaxTyped = 64;

    public Task<int> LeftAsync(User user, CancellationToken cancellationToken) => Of(user).CountAsync(cancellationToken);

    /// <summary>Makes new ones in place of all that are left, and returns them, to be shown this once.</summary>
    public async Task<IReadOnlyList<string>> CreateAsync(User user, CancellationToken cancellationToken)
    {
        var codes = Enumerable.Range(0, Count).Select(static _ => Base32.Encode(RandomNumberGenerator.GetBytes(Bytes), Base32.Readable)).ToList();
        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await Of(user).ExecuteDeleteAsync(cancellationToken);
        context.AddRange(codes.Select(code => new RecoveryCode { TenantId = user.TenantId, UserId = user.Id, Hash = Hash(user, code), CreatedAt = now }));
        audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.RecoveryCodesCreated, user.UserId));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. codes.Select(static code => Base32.Group(code, '-'))];
    }

    /// <summary>Takes a code, once: of two that bring the same one, one gets false.</summary>
    public async Task<bool> TakeAsync(User user, string? typed, CancellationToken cancellationToken)
    {
        if (Normalize(typed) is not { } code)
        {
            return false;
        }

        var hash = Hash(user, code);
        return await Of(user).Where(c => c.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    public Task RemoveAllAsync(User user, CancellationToken cancellationToken) => Of(user).ExecuteDeleteAsync(cancellationToken);

    // Copied by hand: case, dashes and blanks do not matter, and letters that look like digits are taken for those.
    private static string? Normalize(string? typed)
    {
        if (typed is not { Length: >= Length and <= MaxTyped })
        {
            return null;
        }

        var code = new StringBuilder(Length);
        foreach (var letter in typed.Where(static c => !char.IsWhiteSpace(c) && c is not '-'))
        {
            var lower = char.ToLowerInvariant(letter);
            code.Append(lower switch { 'o' => '0', 'i' or 'l' => '1', _ => lower });
        }

        return code.Length == Length ? code.ToString() : null;
    }

    private static string Hash(User user, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.TenantId.Value}\n{user.Id:N}\n{code}")));

    private IQueryable<RecoveryCode> Of(User user) => context.Set<RecoveryCode>().Where(c => c.UserId == user.Id);
}

using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users.Import;

/// <summary>Makes users of a file that another system wrote: all, or none. The file is read twice, first to find every mistake, then to write in one transaction.</summary>
public sealed class UserImport(DirectoryContext context, Tombstones tombstones, AuditLog audit, TimeProvider time)
{
    private const int Batch = 500;
    private const int MostMistakes = 10_000;

    /// <summary>Imports, or with <paramref name="dryRun"/> only says what is wrong.</summary>
    /// <param name="open">Opens the file, each time from its beginning.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="dryRun">Whether nothing is to be written.</param>
    /// <param name="cancellationToken">Cancels; nothing is written then.</param>
    public async Task<ImportResult> RunAsync(Func<TextReader> open, ImportFormat format, bool dryRun, CancellationToken cancellationToken)
    {
        List<ImportMistake> mistakes = [];
        var users = await PassAsync(open, format, mistakes, CheckAsync, cancellationToken);
        if (mistakes.Count > 0 || dryRun || users == 0)
        {
            return new ImportResult(users, [.. mistakes.OrderBy(mistake => mistake.Line)]);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        users = await PassAsync(open, format, mistakes, (batch, _, cancel) => WriteAsync(batch, cancel), cancellationToken);
        if (mistakes.Count > 0)
        {
            return new ImportResult(0, mistakes);
        }

        audit.Add(context, new AuditEvent(context.Tenant, AuditEventKind.UsersImported, Detail: $"{users}"));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ImportResult(users, mistakes);
    }

    private async Task<int> PassAsync(
        Func<TextReader> open,
        ImportFormat format,
        List<ImportMistake> mistakes,
        Func<List<ImportedUser>, List<ImportMistake>, CancellationToken, Task> act,
        CancellationToken cancellationToken)
    {
        var roles = await context.Set<Role>().AsNoTracking().ToDictionaryAsync(role => role.NormalizedName!, role => role.Id, cancellationToken);
        var groups = await context.Set<Group>().AsNoTracking().ToDictionaryAsync(group => group.NormalizedName, group => group.Id, cancellationToken);
        ImportJudge judge = new(roles, groups);
        List<ImportedUser> batch = [];
        var users = 0;
        using var reader = open();
        try
        {
            await foreach (var row in format is ImportFormat.Csv ? CsvRows.ReadAsync(reader, cancellationToken) : JsonRows.ReadAsync(reader, cancellationToken))
            {
                if (judge.Judge(row, mistakes) is { } user)
                {
                    batch.Add(user);
                    users++;
                }

                if (batch.Count == Batch)
                {
                    await act(batch, mistakes, cancellationToken);
                    batch.Clear();
                }

                if (mistakes.Count >= MostMistakes)
                {
                    mistakes.Add(new ImportMistake(row.Line, "There are so many mistakes that the rest is not looked at."));
                    return users;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            mistakes.Add(new ImportMistake(0, "The file is not in UTF-8."));
            return users;
        }

        if (batch.Count > 0)
        {
            await act(batch, mistakes, cancellationToken);
        }

        return users;
    }

    private async Task CheckAsync(List<ImportedUser> batch, List<ImportMistake> mistakes, CancellationToken cancellationToken)
    {
        var addresses = batch.ConvertAll(user => user.Email.Normalized);
        var taken = (await context.Set<User>().Where(user => addresses.Contains(user.NormalizedEmail!)).Select(user => user.NormalizedEmail!).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var mayBeErased = await tombstones.AnyAsync(cancellationToken);
        foreach (var user in batch)
        {
            if (taken.Contains(user.Email.Normalized))
            {
                mistakes.Add(new ImportMistake(user.Line, "There is a user with this address."));
            }
            else if (mayBeErased && await tombstones.HasAsync(user.Email, cancellationToken))
            {
                mistakes.Add(new ImportMistake(user.Line, "The account of this address was erased on its owner's wish; only they can come back, by signing up (Accounts:Deletion:KeepTombstone)."));
            }
        }
    }

    private async Task WriteAsync(List<ImportedUser> batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var imported in batch)
        {
            var user = new User
            {
                Id = UserId.New(now).Value,
                TenantId = context.Tenant,
                UserName = imported.Email.Value,
                NormalizedUserName = imported.Email.Normalized,
                Email = imported.Email.Value,
                NormalizedEmail = imported.Email.Normalized,
                EmailConfirmed = imported.EmailVerified,
                Name = imported.Name,
                PasswordHash = imported.PasswordHash,
                Locale = imported.Locale,
                TimeZone = imported.TimeZone,
                Disabled = imported.Disabled,
                LockoutEnabled = true,
                SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20)),
                ConcurrencyStamp = Guid.NewGuid().ToString(),
                CreatedAt = now,
            };
            context.Add(user);
            context.AddRange(imported.Roles.Select(role => new UserRole { TenantId = user.TenantId, UserId = user.Id, RoleId = role }));
            context.AddRange(imported.Groups.Select(group => new GroupMember { TenantId = user.TenantId, GroupId = group, UserId = user.Id }));
            audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.UserCreated, user.UserId));
        }

        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }
}

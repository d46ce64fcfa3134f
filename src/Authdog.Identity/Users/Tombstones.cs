using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>Knows whose accounts were erased, without knowing who they were. To be asked by whatever makes users for others: imports, provisioning, an administrator.</summary>
/// <remarks>The hash is keyed with a key of the master key's: without it, nobody can try addresses against the table.</remarks>
public sealed class Tombstones
{
    private readonly DirectoryContext _context;
    private readonly Lazy<byte[]> _key;
    private readonly TimeProvider _time;

    internal Tombstones(DirectoryContext context, MasterKey master, TimeProvider time)
    {
        _context = context;
        _key = new(() => master.Derive("tombstone"));
        _time = time;
    }

    /// <summary>Whether the account of this address was erased on its owner's wish.</summary>
    public Task<bool> HasAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        var id = Id(email);
        return _context.Set<Tombstone>().AnyAsync(stone => stone.Id == id, cancellationToken);
    }

    /// <summary>Whether there is any: most tenants have none, and need not ask for each address.</summary>
    internal Task<bool> AnyAsync(CancellationToken cancellationToken) => _context.Set<Tombstone>().AnyAsync(cancellationToken);

    /// <summary>Sets a stone, unless there is one.</summary>
    internal async Task SetAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        if (!await HasAsync(email, cancellationToken))
        {
            _context.Add(new Tombstone { TenantId = _context.Tenant, Id = Id(email), ErasedAt = _time.GetUtcNow() });
            await _context.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Takes a stone away: the person has come back by themselves, or an administrator knows better.</summary>
    public Task RemoveAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        var id = Id(email);
        return _context.Set<Tombstone>().Where(stone => stone.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    private string Id(EmailAddress email) => Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{_context.Tenant}\n{email.Normalized}")));
}

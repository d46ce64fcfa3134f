using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Keys;

/// <summary>The signing keys' rows, decrypted; each key is decrypted once and its object shared from then on.</summary>
internal sealed class SigningKeyRows(IDbContextFactory<DirectoryContext> contexts, SecretProtector protector, ILogger<SigningKeyRing> logger)
{
    private readonly ConcurrentDictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);

    /// <summary>Keys of a purpose in the order of their making, and the last one's sequence.</summary>
    public async Task<(IReadOnlyList<SigningKey> Keys, int Last)> LoadAsync(string purpose, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        var rows = await context.Set<StoredSigningKey>().AsNoTracking().Where(k => k.Purpose == purpose).OrderBy(k => k.Sequence).ToListAsync(cancellationToken);
        var keys = rows.Select(row => new SigningKey(row.Kid, _keys.GetOrAdd(row.Kid, static (_, args) => args.Rows.Decrypt(args.row), (Rows: this, row)), row.SignsFrom, null));
        return ([.. keys], rows.Count == 0 ? 0 : rows[^1].Sequence);
    }

    /// <summary>Makes the key that follows the last one known and returns its kid; null when somebody else was first.</summary>
    public async Task<string?> TryAddAsync(string purpose, int last, DateTimeOffset signsFrom, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pkcs8 = key.ExportPkcs8PrivateKey();
        var row = new StoredSigningKey
        {
            Purpose = purpose,
            Sequence = last + 1,
            Kid = Thumbprint(key),
            SignsFrom = signsFrom,
            ProtectedKey = protector.Protect(Scope(purpose), pkcs8),
        };
        CryptographicOperations.ZeroMemory(pkcs8);
        context.Add(row);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            if (!await context.Set<StoredSigningKey>().AnyAsync(k => k.Purpose == purpose && k.Sequence == row.Sequence && k.Kid != row.Kid, cancellationToken))
            {
                throw;
            }

            return null;
        }

        KeysLog.SigningKeyMade(logger, purpose, row.Kid, signsFrom);
        return row.Kid;
    }

    /// <summary>RFC 7638, section 3: SHA-256 of the required members in lexicographic order, without blanks.</summary>
    internal static string Thumbprint(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(jwk)));
    }

    private static string Scope(string purpose) => "signing key/" + purpose;

    private ECDsa Decrypt(StoredSigningKey row)
    {
        var pkcs8 = protector.Unprotect(Scope(row.Purpose), row.ProtectedKey);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        return key;
    }
}

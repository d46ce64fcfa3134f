using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Resume;

/// <summary>Keeps requests in the shared store, encrypted (AES-256-GCM) under a key of this purpose alone; the store's key is the hash of the id, so that who reads the store learns neither.</summary>
internal sealed class KeptRequestStore(BlobStore blobs, SecretProtector protector, IOptions<KeptRequestOptions> options)
{
    private const string Kind = "kept-request";
    private const int IdLength = 22;
    private readonly KeptRequestOptions _options = options.Value;

    /// <summary>A new id: 128 random bits.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Keeps a request; false when it is one too many.</summary>
    /// <param name="tenant">Tenant of the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="network">Client network, which counts while nobody is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<bool> TryKeepAsync(TenantId tenant, KeptRequest request, string network, CancellationToken cancellationToken)
    {
        // Strangers fill their own share alone.
        var bound = request.User is { } user
            ? new BlobBound("kept-of-users", user, _options.MaxBytesPerClient, _options.MaxBytes)
            : new BlobBound("kept-of-strangers", network, _options.MaxBytesPerClient, _options.MaxBytes);
        return blobs.TryCreateAsync(tenant, Kind, request.Id, Seal(request), _options.Lifetime, bound, cancellationToken);
    }

    /// <summary>Looks at a request; null when unknown, expired or sent.</summary>
    public async Task<KeptRequest?> FindAsync(TenantId tenant, string? id, CancellationToken cancellationToken) =>
        IsId(id) ? Open(tenant, id!, await blobs.FindAsync(tenant, Kind, id!, cancellationToken)) : null;

    /// <summary>Takes a request, for sending; of two that try, one gets null.</summary>
    public async Task<KeptRequest?> TakeAsync(TenantId tenant, string id, CancellationToken cancellationToken) =>
        IsId(id) ? Open(tenant, id, await blobs.TakeAsync(tenant, Kind, id, cancellationToken)) : null;

    private static bool IsId(string? text) => text is { Length: IdLength } && Base64Url.IsValid(text);

    // Length of the description, description, body.
    private byte[] Seal(KeptRequest request)
    {
        var description = JsonSerializer.SerializeToUtf8Bytes(request, KeptRequestJson.Default.KeptRequest);
        var plain = new byte[sizeof(int) + description.Length + request.Body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(plain, description.Length);
        description.CopyTo(plain, sizeof(int));
        request.Body.Span.CopyTo(plain.AsSpan(sizeof(int) + description.Length));
        return protector.Protect(Kind, plain);
    }

    private KeptRequest? Open(TenantId tenant, string id, byte[]? sealedRequest)
    {
        if (sealedRequest is null)
        {
            return null;
        }

        try
        {
            var plain = protector.Unprotect(Kind, sealedRequest);
            var length = BinaryPrimitives.ReadInt32LittleEndian(plain);
            var request = JsonSerializer.Deserialize(plain.AsSpan(sizeof(int), length), KeptRequestJson.Default.KeptRequest);

            // Whoever can write to the store can move a record to another key, and no further.
            return request is not null && request.Id == id && request.Tenant == tenant.Value
                ? request with { Body = plain.AsMemory(sizeof(int) + length) }
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Tokens of providers, kept encrypted for as long as a session can last, under a random id that the session's proof names.</summary>
internal sealed class UpstreamTokens(RecordStore records, SecretProtector protector, TenantOptions<SessionOptions> sessions, TimeProvider time)
{
    private const string Kind = "upstream-tokens";
    private const string Purpose = "upstream tokens";

    /// <summary>Keeps tokens and returns their id. The ID token is kept for logout; the others only where somebody wants them.</summary>
    public async Task<string> KeepAsync(TenantId tenant, ConnectionRecord connection, OidcTokens tokens, bool all, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var kept = new KeptTokens(connection.QualifiedName, tokens.IdToken, all ? tokens.AccessToken : null, all ? tokens.RefreshToken : null, tokens.Lifetime is { } life ? time.GetUtcNow() + life : null);
        await records.CreateAsync(tenant, Kind, id, Seal(tenant, id, kept), sessions.Value.AbsoluteLifetime, cancellationToken);
        return id;
    }

    /// <summary>The tokens with their version; null when they are kept no more.</summary>
    public async Task<(KeptTokens Tokens, long Version)?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken) =>
        await records.FindAsync<Sealed>(tenant, Kind, id, cancellationToken) is (var sealedTokens, var version) && Open(tenant, id, sealedTokens) is { } kept ? (kept, version) : null;

    /// <summary>Replaces tokens unless they were replaced meanwhile.</summary>
    public Task<bool> ReplaceAsync(TenantId tenant, string id, KeptTokens tokens, long version, CancellationToken cancellationToken) =>
        records.TryUpdateAsync(tenant, Kind, id, Seal(tenant, id, tokens), version, cancellationToken);

    /// <summary>Reads and forgets tokens.</summary>
    public async Task<KeptTokens?> TakeAsync(TenantId tenant, string id, CancellationToken cancellationToken) =>
        await records.TakeAsync<Sealed>(tenant, Kind, id, cancellationToken) is { } sealedTokens ? Open(tenant, id, sealedTokens) : null;

    // The owner is inside: moved to another key it opens nothing (I10).
    private Sealed Seal(TenantId tenant, string id, KeptTokens tokens) =>
        new(protector.Protect(Purpose, JsonSerializer.SerializeToUtf8Bytes(new Owned(tenant.Value, id, tokens))));

    private KeptTokens? Open(TenantId tenant, string id, Sealed kept) =>
        JsonSerializer.Deserialize<Owned>(protector.Unprotect(Purpose, kept.Envelope)) is { } owned && owned.Tenant == tenant.Value && owned.Id == id ? owned.Tokens : null;

    private sealed record Sealed(byte[] Envelope);

    private sealed record Owned(string Tenant, string Id, KeptTokens Tokens);
}

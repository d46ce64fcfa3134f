namespace Authdog.Identity.Keys;

/// <summary>ES256 keys for one purpose, encrypted in the directory database, shared by nodes; rotated with overlap so that a verifier by JWKS sees no failure.</summary>
/// <remarks>A new key is announced (published) before it signs, and a retired one stays published until nothing signed by it can still be valid.</remarks>
public sealed class SigningKeyRing
{
    /// <summary>Purpose of the keys that sign identity assertions.</summary>
    public const string AssertionPurpose = "assertion";

    /// <summary>The key that signs now, from the in-process copy (refreshed in the background).</summary>
    public SigningKey Current(string purpose) => throw new NotSupportedException(purpose);

    /// <summary>All keys to publish: announced, current, and retired ones in their overlap.</summary>
    public IReadOnlyList<SigningKey> Published(string purpose) => throw new NotSupportedException(purpose);

    /// <summary>Announces a new key and sets the time from which it signs; returns it.</summary>
    public Task<SigningKey> RotateAsync(string purpose, CancellationToken cancellationToken) => throw new NotSupportedException(purpose);
}

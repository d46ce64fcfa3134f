namespace Authdog.Identity.Passwords;

/// <summary>Argon2id in PHC strings, computed on a bounded queue of low-priority threads so that a login storm cannot starve proxied traffic (I14).</summary>
public sealed class PasswordHashing
{
    /// <summary>Hashes a password (normalised to NFC first).</summary>
    /// <exception cref="HashingBusyException">The queue is full: answer 503 with <c>Retry-After</c>.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Verifies a password. With a null hash the same work is done against a decoy and the answer is no (I1).</summary>
    /// <exception cref="HashingBusyException">The queue is full: answer 503 with <c>Retry-After</c>.</exception>
    public Task<PasswordVerification> VerifyAsync(string? phc, string password, CancellationToken cancellationToken) => throw new NotSupportedException();
}

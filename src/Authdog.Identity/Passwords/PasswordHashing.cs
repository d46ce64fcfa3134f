using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Admission;
using Authdog.Identity.Passwords.Imported;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using NSec.Cryptography;

namespace Authdog.Identity.Passwords;

/// <summary>Argon2id in PHC strings, computed on a bounded queue of low-priority threads so that a login storm cannot starve proxied traffic (I14).</summary>
public sealed class PasswordHashing
{
    private const int HashLength = 32;

    private readonly HashingQueue _queue;
    private readonly PasswordOptions _options;
    private readonly Argon2Phc _decoy;
    private readonly AdmissionGate? _gate;
    private readonly IHttpContextAccessor? _request;

    internal PasswordHashing(HashingQueue queue, IOptions<PasswordOptions> options, AdmissionGate? gate = null, IHttpContextAccessor? request = null)
    {
        (_gate, _request) = (gate, request);
        _queue = queue;
        _options = options.Value;
        _decoy = new Argon2Phc(_options.MemoryKiB, _options.Iterations, RandomNumberGenerator.GetBytes(Argon2Phc.SaltLength), RandomNumberGenerator.GetBytes(HashLength));
    }

    /// <summary>Hashes a password (normalised to NFC first).</summary>
    /// <exception cref="HashingBusyException">The queue is full: answer 503 with <c>Retry-After</c>.</exception>
    /// <exception cref="ArgumentException">The password is longer than allowed or no text: judge it first.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) => HashAsync(password, null, cancellationToken);

    /// <summary>The same, in the queue on behalf of <paramref name="client"/> (a network address), of whom one cannot fill the queue.</summary>
    /// <exception cref="HashingBusyException">The queue, or the client's share of it, is full.</exception>
    /// <exception cref="ArgumentException">The password is longer than allowed or no text: judge it first.</exception>
    public Task<string> HashAsync(string password, string? client, CancellationToken cancellationToken)
    {
        var bytes = Encode(password) ?? throw new ArgumentException("The password is too long or no text.", nameof(password));
        return RunAsync(client, () =>
        {
            var salt = RandomNumberGenerator.GetBytes(Argon2Phc.SaltLength);
            var hash = Derive(bytes, salt, _options.MemoryKiB, _options.Iterations, HashLength);
            return new Argon2Phc(_options.MemoryKiB, _options.Iterations, salt, hash).Format();
        }, cancellationToken);
    }

    /// <summary>Verifies a password. With a null hash the same work is done against a decoy and the answer is no (I1).</summary>
    /// <exception cref="HashingBusyException">The queue is full: answer 503 with <c>Retry-After</c>.</exception>
    public Task<PasswordVerification> VerifyAsync(string? phc, string password, CancellationToken cancellationToken) => VerifyAsync(phc, password, null, cancellationToken);

    /// <summary>The same, in the queue on behalf of <paramref name="client"/> (a network address), of whom one cannot fill the queue.</summary>
    /// <exception cref="HashingBusyException">The queue, or the client's share of it, is full.</exception>
    public Task<PasswordVerification> VerifyAsync(string? phc, string password, string? client, CancellationToken cancellationToken)
    {
        var known = Argon2Phc.TryParse(phc, out var parsed);
        if (!known && ImportedHash.TryParse(phc, out var imported))
        {
            return VerifyImportedAsync(imported, password, client, cancellationToken);
        }

        var expected = parsed ?? _decoy;
        var bytes = Encode(password);
        return RunAsync(client, () =>
        {
            var actual = Derive(bytes ?? [], expected.Salt, expected.MemoryKiB, expected.Iterations, expected.Hash.Length);
            var equal = CryptographicOperations.FixedTimeEquals(actual, expected.Hash);
            return !(equal && known && bytes is not null) ? PasswordVerification.Failed
                : IsWeaker(expected) ? PasswordVerification.SucceededRehashNeeded
                : PasswordVerification.Succeeded;
        }, cancellationToken);
    }

    /// <summary>Whether a text is a hash that <see cref="VerifyAsync(string?, string, CancellationToken)"/> knows: our own, or one that another system made.</summary>
    public static bool IsHash(string? text) => Argon2Phc.TryParse(text, out _) || ImportedHash.TryParse(text, out _);

    // Another system hashed what was typed, whatever its normal form; so both are tried. Its cost is not ours, so that until its owner has signed in
    // once a patient observer can tell such an account from none (I1): the price of taking it over at all.
    private Task<PasswordVerification> VerifyImportedAsync(ImportedHash imported, string password, string? client, CancellationToken cancellationToken)
    {
        var normalized = Encode(password);
        return RunAsync(client, () =>
        {
            if (normalized is null or [])
            {
                return PasswordVerification.Failed;
            }

            var typed = Encoding.UTF8.GetBytes(password);
            return imported.Verify(normalized) || (!typed.AsSpan().SequenceEqual(normalized) && imported.Verify(typed)) ? PasswordVerification.SucceededRehashNeeded : PasswordVerification.Failed;
        }, cancellationToken);
    }

    // Whoever has a session or has waited in line goes first; and nobody else goes before those who wait.
    private async Task<T> RunAsync<T>(string? client, Func<T> work, CancellationToken cancellationToken)
    {
        var context = _request?.HttpContext;
        context?.Features.Get<PageSlot>()?.Dispose();
        var first = context?.Features.Get<SessionFeature>()?.Session is not null
            || (context is not null && _gate is not null && await _gate.RedeemAsync(context, cancellationToken));
        return !first && context is not null && _gate is { IsLineOpen: true }
            ? throw new HashingBusyException()
            : await _queue.RunAsync(client, first, work, cancellationToken);
    }

    internal static byte[] Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int memoryKiB, int iterations, int length) =>
        PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memoryKiB, NumberOfPasses = iterations })
            .DeriveBytes(password, salt, length);

    private bool IsWeaker(Argon2Phc phc) =>
        (long)phc.MemoryKiB * phc.Iterations < (long)_options.MemoryKiB * _options.Iterations || phc.MemoryKiB < _options.MemoryKiB || phc.Hash.Length < HashLength;

    private byte[]? Encode(string password) =>
        NormalizedPassword.TryCreate(password, _options.MaximumLength, out var normalized) is null ? Encoding.UTF8.GetBytes(normalized!.Text) : null;
}

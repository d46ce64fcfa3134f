using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Keys;

/// <summary>Encrypts what is kept: AES-256-GCM under a key derived per purpose (B9), the purpose being authenticated too.</summary>
/// <remarks>Envelope: version (1), key id (8), nonce (12), tag (16), ciphertext. The key id is derived from the master key and tells a wrong key from a damaged row.</remarks>
public sealed class SecretProtector
{
    private const byte Version = 1;
    private const int KeyIdLength = 8;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + KeyIdLength;
    private const int Overhead = HeaderLength + NonceLength + TagLength;

    private readonly MasterKey _master;
    private readonly Lazy<byte[]> _keyId;
    private readonly ConcurrentDictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    internal SecretProtector(MasterKey master)
    {
        _master = master;
        _keyId = new(() => master.Derive("key id")[..KeyIdLength]);
    }

    /// <summary>Encrypts for a purpose.</summary>
    public byte[] Protect(string purpose, ReadOnlySpan<byte> secret)
    {
        var envelope = new byte[Overhead + secret.Length];
        envelope[0] = Version;
        _keyId.Value.CopyTo(envelope, 1);
        var nonce = envelope.AsSpan(HeaderLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Key(purpose), TagLength);
        aes.Encrypt(nonce, secret, envelope.AsSpan(Overhead), envelope.AsSpan(HeaderLength + NonceLength, TagLength), AssociatedData(envelope, purpose));
        return envelope;
    }

    /// <summary>Decrypts what was encrypted for the same purpose.</summary>
    /// <exception cref="OperatorMistakeException">AG4003: encrypted under another master key.</exception>
    /// <exception cref="CryptographicException">Damaged, tampered with, or of another purpose.</exception>
    public byte[] Unprotect(string purpose, ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < Overhead || envelope[0] != Version)
        {
            throw new CryptographicException("This is no protected secret.");
        }

        if (!CryptographicOperations.FixedTimeEquals(envelope.Slice(1, KeyIdLength), _keyId.Value))
        {
            throw new OperatorMistakeException("AG4003", _master.Place, "the directory's secrets were encrypted under another master key.", "Restore the key that belongs to this database, or give each node the same one.");
        }

        var secret = new byte[envelope.Length - Overhead];
        using var aes = new AesGcm(Key(purpose), TagLength);
        aes.Decrypt(envelope.Slice(HeaderLength, NonceLength), envelope[Overhead..], envelope.Slice(HeaderLength + NonceLength, TagLength), secret, AssociatedData(envelope, purpose));
        return secret;
    }

    /// <summary>A short text that stands for another one: the same for the same purpose and text, and without the master key nobody finds the text by trying (HMAC-SHA256, 48 bits).</summary>
    public string Mask(string purpose, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Key("mask/" + purpose), Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));

    private static byte[] AssociatedData(ReadOnlySpan<byte> envelope, string purpose) => [.. envelope[..HeaderLength], .. Encoding.UTF8.GetBytes(purpose)];

    private byte[] Key(string purpose) => _keys.GetOrAdd(purpose, static (p, master) => master.Derive("secret/" + p), _master);
}

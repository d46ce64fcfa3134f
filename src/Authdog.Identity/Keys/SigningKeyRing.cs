using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Keys;

/// <summary>ES256 keys for one purpose, encrypted in the directory database, shared by nodes; rotated with overlap so that a verifier by JWKS sees no failure.</summary>
/// <remarks>A new key is announced (published) before it signs, and a retired one stays published until nothing signed by it can still be valid.</remarks>
public sealed class SigningKeyRing
{
    /// <summary>Purpose of the keys that sign identity assertions.</summary>
    public const string AssertionPurpose = "assertion";

    private readonly SigningKeyRows _rows;
    private readonly KeyRotationOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, SigningKey[]> _keys = new(StringComparer.Ordinal);

    internal SigningKeyRing(SigningKeyRows rows, IOptions<KeyRotationOptions> options, TimeProvider time)
    {
        _rows = rows;
        _options = options.Value;
        _time = time;
    }

    /// <summary>The key that signs now, from the in-process copy (refreshed in the background).</summary>
    /// <exception cref="InvalidOperationException">The keys of this purpose have not been loaded.</exception>
    public SigningKey Current(string purpose)
    {
        var keys = Loaded(purpose);
        var now = _time.GetUtcNow();
        for (var i = keys.Length - 1; i > 0; i--)
        {
            if (keys[i].SignsFrom <= now)
            {
                return keys[i];
            }
        }

        // The first key signs at once, even if another node with a faster clock made it.
        return keys[0];
    }

    /// <summary>All keys to publish: announced, current, and retired ones in their overlap.</summary>
    /// <exception cref="InvalidOperationException">The keys of this purpose have not been loaded.</exception>
    public IReadOnlyList<SigningKey> Published(string purpose)
    {
        var now = _time.GetUtcNow();
        return [.. Loaded(purpose).Where(key => !(key.PublishedUntil <= now))];
    }

    /// <summary>Announces a new key and sets the time from which it signs; returns it.</summary>
    public async Task<SigningKey> RotateAsync(string purpose, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (keys, last) = await LoadAsync(purpose, cancellationToken);
            if (await _rows.TryAddAsync(purpose, last, SignsFromOfNext(keys), cancellationToken) is { } made)
            {
                (keys, _) = await LoadAsync(purpose, cancellationToken);
                return keys.Single(key => key.Kid == made);
            }
        }
    }

    /// <summary>Reads the keys of a purpose, making the first one if there is none and the next one if the last is old.</summary>
    internal async Task RefreshAsync(string purpose, CancellationToken cancellationToken)
    {
        var (keys, last) = await LoadAsync(purpose, cancellationToken);
        if (keys[^1].SignsFrom + _options.MaximumAge <= _time.GetUtcNow())
        {
            // If another node was first, its key is as good.
            await _rows.TryAddAsync(purpose, last, SignsFromOfNext(keys), cancellationToken);
            await LoadAsync(purpose, cancellationToken);
        }
    }

    private async Task<(SigningKey[] Keys, int Last)> LoadAsync(string purpose, CancellationToken cancellationToken)
    {
        var (stored, last) = await _rows.LoadAsync(purpose, cancellationToken);
        if (stored.Count == 0)
        {
            await _rows.TryAddAsync(purpose, last, _time.GetUtcNow(), cancellationToken);
            (stored, last) = await _rows.LoadAsync(purpose, cancellationToken);
        }

        var keys = new SigningKey[stored.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = i + 1 < keys.Length ? stored[i] with { PublishedUntil = stored[i + 1].SignsFrom + _options.Overlap } : stored[i];
        }

        _keys[purpose] = keys;
        return (keys, last);
    }

    private SigningKey[] Loaded(string purpose) =>
        _keys.TryGetValue(purpose, out var keys) ? keys : throw new InvalidOperationException($"The signing keys for '{purpose}' have not been loaded.");

    private DateTimeOffset SignsFromOfNext(SigningKey[] keys)
    {
        var earliest = _time.GetUtcNow() + _options.Announce;
        return keys[^1].SignsFrom < earliest ? earliest : keys[^1].SignsFrom;
    }
}

namespace Authdog.Identity.Keys;

/// <summary>A signing key as it is kept. Rows are only added; when a key retires follows from the next one's start.</summary>
internal sealed class StoredSigningKey
{
    public required string Purpose { get; init; }

    /// <summary>1, 2, 3…: of two nodes that make the next key at once, the primary key lets one in.</summary>
    public required int Sequence { get; init; }

    public required string Kid { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    /// <summary>PKCS #8, encrypted by <see cref="SecretProtector"/> for this purpose.</summary>
    public required byte[] ProtectedKey { get; init; }
}

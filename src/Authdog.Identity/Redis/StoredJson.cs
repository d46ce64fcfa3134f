using System.Text.Json;

namespace Authdog.Identity.Redis;

/// <summary>Values of the shared store as bounded JSON.</summary>
internal static class StoredJson
{
    /// <summary>Largest value in bytes (B18).</summary>
    public const int MaxLength = 64 * 1024;

    public static byte[] Write<T>(T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value);
        return json.Length <= MaxLength
            ? json
            : throw new ArgumentException($"A stored value may have {MaxLength} bytes; this one has {json.Length}.", nameof(value));
    }

    public static T? Read<T>(byte[]? json)
        where T : class
    {
        // What an older release wrote and this one cannot read is the same as nothing.
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

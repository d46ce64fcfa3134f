using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Authdog.Identity.Tenants;

/// <summary>What a tenant has set for itself: a JSON document with the sections and names of the configuration.</summary>
public sealed class TenantSettings
{
    /// <summary>Largest document in bytes (B18). A logo is the largest thing in it.</summary>
    internal const int MaxLength = 128 * 1024;

    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 8, AllowDuplicateProperties = false };
    private readonly FrozenDictionary<string, string?> _values;

    private TenantSettings(string json, IEnumerable<KeyValuePair<string, string?>> values)
    {
        Json = json;
        _values = values.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Nothing set.</summary>
    public static TenantSettings None { get; } = new("{}", []);

    /// <summary>The document.</summary>
    public string Json { get; }

    /// <summary>Every value under its whole path (<c>Login:Brand:ProductName</c>).</summary>
    internal IReadOnlyDictionary<string, string?> Values => _values;

    /// <summary>Reads a document's syntax; what it may say is judged by <see cref="TenantSettingsCheck"/>.</summary>
    /// <exception cref="JsonException">It is no JSON object, is larger or deeper than allowed, or says something twice.</exception>
    internal static TenantSettings Parse(string json)
    {
        if (Encoding.UTF8.GetByteCount(json) > MaxLength)
        {
            throw new JsonException($"The document is larger than {MaxLength / 1024} KiB.");
        }

        using var document = JsonDocument.Parse(json, s_reading);
        if (document.RootElement.ValueKind is not JsonValueKind.Object)
        {
            throw new JsonException("The document is no JSON object.");
        }

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Flatten(document.RootElement, string.Empty, values);
        return new TenantSettings(json, values);
    }

    /// <summary>What is set inside of a section, by the property it belongs to.</summary>
    internal IEnumerable<(string Property, string Path, string? Value)> Of(string section)
    {
        var prefix = section + ":";
        foreach (var (key, value) in _values)
        {
            if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                var path = key[prefix.Length..];
                yield return (path.Split(':')[0], path, value);
            }
        }
    }

    private static void Flatten(JsonElement element, string path, Dictionary<string, string?> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}:{property.Name}", values);
                }

                break;
            case JsonValueKind.Array:
                // A list with nothing in it is something that was said.
                if (element.GetArrayLength() == 0)
                {
                    Add(path, string.Empty, values);
                }

                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    Flatten(item, $"{path}:{index}", values);
                }

                break;
            default:
                Add(path, element.ValueKind is JsonValueKind.Null ? null : element.ToString(), values);
                break;
        }
    }

    private static void Add(string path, string? value, Dictionary<string, string?> values)
    {
        if (!values.TryAdd(path, value))
        {
            throw new JsonException($"'{path}' is said twice.");
        }
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Authdog.Console.Api;

/// <summary>The JSON of the management API: <c>camelCase</c>, strict, nothing overlooked.</summary>
internal static class ApiJson
{
    public const string ContentType = "application/json";

    /// <summary>Largest body. A tenant's settings with a logo are the largest thing in one.</summary>
    public const int MaxBody = 192 * 1024;

    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = 16,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static byte[] Write(object resource) => JsonSerializer.SerializeToUtf8Bytes(resource, resource.GetType(), Options);

    /// <summary>A strong validator of what is shown (RFC 9110, section 8.8.3).</summary>
    public static string Tag(object resource) => $"\"{Base64Url.EncodeToString(SHA256.HashData(Write(resource)).AsSpan(0, 16))}\"";

    /// <summary>Reads a body; null with the answer to give instead.</summary>
    public static T? Read<T>(byte[] body, out ApiAnswer refusal)
        where T : class => Parse(body, out refusal) is { } json ? Bind<T>(json, out refusal) : null;

    /// <summary>Applies a merge patch (RFC 7396) to what is there; null with the answer to give instead. What cannot be set is no field of <typeparamref name="T"/>, and so refused.</summary>
    public static T? Patch<T>(T now, byte[] body, out ApiAnswer refusal)
        where T : class
    {
        if (Parse(body, out refusal) is not { } patch)
        {
            return null;
        }

        var target = JsonSerializer.SerializeToNode(now, Options)!.AsObject();
        Merge(target, patch);
        return Bind<T>(target, out refusal);
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && target[name] is JsonObject there)
            {
                Merge(there, inner);
            }
            else
            {
                // A field that was taken away is one that is not set: null, for a field that has to be there the same mistake as if it were missing.
                target[name] = value?.DeepClone();
            }
        }
    }

    private static JsonObject? Parse(byte[] body, out ApiAnswer refusal)
    {
        refusal = ApiProblem.Answer(StatusCodes.Status400BadRequest, "invalid-json", "The body cannot be read", "Send one JSON object in UTF-8, in which nothing is said twice.");
        try
        {
            return JsonNode.Parse(body, documentOptions: s_reading) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static T? Bind<T>(JsonObject json, out ApiAnswer refusal)
        where T : class
    {
        FieldErrors errors = new();
        Judge(json, typeof(T), string.Empty, errors);
        refusal = errors.Any ? errors.Answer() : ApiAnswer.NoContent;
        return errors.Any ? null : json.Deserialize<T>(Options);
    }

    private static void Judge(JsonObject json, Type type, string place, FieldErrors errors)
    {
        var fields = Options.GetTypeInfo(type).Properties;
        foreach (var (name, value) in json)
        {
            if (fields.FirstOrDefault(field => field.Name == name) is not { } field)
            {
                errors.Add(place + Escape(name), "There is no such field here, or it cannot be set.");
            }
            else if (value is JsonObject inner && field.PropertyType.Assembly == typeof(ApiJson).Assembly)
            {
                Judge(inner, field.PropertyType, $"{place}{name}/", errors);
            }
            else if (!Fits(field, value))
            {
                errors.Add(place + Escape(name), $"This field takes {Expected(field.PropertyType)}.");
            }
        }

        foreach (var missing in fields.Where(field => field.IsRequired && !json.ContainsKey(field.Name)))
        {
            errors.Add(place + missing.Name, "This field is needed.");
        }
    }

    private static bool Fits(JsonPropertyInfo field, JsonNode? value)
    {
        if (value is null)
        {
            return field.IsSetNullable;
        }

        if (value is JsonArray items && items.Contains(null))
        {
            return false;
        }

        try
        {
            value.Deserialize(field.PropertyType, Options);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return false;
        }
    }

    private static string Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var plain when plain == typeof(bool) => "true or false",
        var plain when plain == typeof(int) => "a whole number",
        var plain when plain == typeof(string) => "a text",
        var plain when plain == typeof(DateTimeOffset) => "an instant such as 2026-01-31T12:00:00Z",
        var plain when plain.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "a list of texts",
        _ => "an object",
    };

    public static string Escape(string name)
    {
        var text = name.Length > 64 ? name[..64] : name;
        return text.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}

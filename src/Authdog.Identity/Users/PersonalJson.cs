using System.Text.Encodings.Web;
using System.Text.Json;

namespace Authdog.Identity.Users;

/// <summary>How personal records are written: members in <c>snake_case</c>, letters as they are.</summary>
internal static class PersonalJson
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one value. The serializer would flush a writer that it is given, and a response is never written synchronously.</summary>
    public static void Write<T>(Utf8JsonWriter json, T value) => json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(value, s_options), skipInputValidation: true);

    /// <summary>Writes rows as they are read, so that a long list takes no memory.</summary>
    public static async Task WriteAsync<T>(Utf8JsonWriter json, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        json.WriteStartArray();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            Write(json, row);
            if (json.BytesPending > 16 * 1024)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
    }
}

using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Events as OpenTelemetry log records to a collector: OTLP/HTTP in JSON, without the SDK's queue in memory, which forgets at a restart.</summary>
internal sealed class OtlpStream(AuditOtlpOptions options, IHttpClientFactory clients) : IAuditStream
{
    private const int Information = 9;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private readonly Uri _address = new(options.Endpoint!.AbsoluteUri.TrimEnd('/') + "/v1/logs");

    public string Name => "otlp";

    public int? Attempts => null;

    public async Task DeliverAsync(TenantId tenant, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Content = new ByteArrayContent(Body(entries)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        foreach (var (name, value) in options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        await AuditCall.SendAsync(clients, request, s_timeout, cancellationToken);
    }

    private static byte[] Body(IReadOnlyList<AuditEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("resourceLogs");
        json.WriteStartObject();
        json.WriteStartObject("resource");
        json.WriteStartArray("attributes");
        Attribute(json, "service.name", "authdog-gateway");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("scopeLogs");
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", "Authdog.Audit");
        json.WriteEndObject();
        json.WriteStartArray("logRecords");
        foreach (var entry in entries)
        {
            Record(json, entry);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Record(Utf8JsonWriter json, AuditEntry entry)
    {
        var nanoseconds = ((entry.At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100).ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("timeUnixNano", nanoseconds);
        json.WriteString("observedTimeUnixNano", nanoseconds);
        json.WriteNumber("severityNumber", Information);
        json.WriteString("severityText", "INFO");
        json.WriteString("eventName", "authdog.audit." + entry.Kind);
        json.WriteStartObject("body");
        json.WriteString("stringValue", entry.Kind.ToString());
        json.WriteEndObject();
        json.WriteStartArray("attributes");
        foreach (var (name, value) in AuditJson.Members(entry))
        {
            Attribute(json, "authdog.audit." + name, value);
        }

        Attribute(json, "authdog.audit.sequence", entry.Sequence?.ToString(CultureInfo.InvariantCulture) ?? string.Empty);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Attribute(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WriteString("stringValue", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

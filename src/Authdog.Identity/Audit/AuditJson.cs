using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Authdog.Identity.Audit;

/// <summary>An entry as one JSON object: the form of <c>audit list</c>, of the streams and of the management API. Members that are null are left out.</summary>
public static class AuditJson
{
    // Nothing of it goes into a page; a line that people read may have their letters.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Entries, one a line, each line ended by LF.</summary>
    public static byte[] Lines(IEnumerable<AuditEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, s_options);
        foreach (var entry in entries)
        {
            Write(json, entry);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes one.</summary>
    public static void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        foreach (var (name, value) in Members(entry))
        {
            json.WriteString(name, value);
        }

        if (entry.Sequence is { } sequence)
        {
            json.WriteNumber("sequence", sequence);
        }

        json.WriteEndObject();
    }

    /// <summary>The members that are texts, in order.</summary>
    internal static IEnumerable<(string Name, string Value)> Members(AuditEntry entry) =>
        new (string Name, string? Value)[]
        {
            ("tenant", entry.TenantId.Value),
            ("id", entry.Id.ToString("D")),
            ("at", entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
            ("event", entry.Kind.ToString()),
            ("user", entry.UserId?.ToString("D")),
            ("actor", entry.ActorId?.ToString("D")),
            ("source", entry.Source),
            ("address", entry.Address),
            ("session", entry.SessionId),
            ("decision", entry.DecisionId),
            ("detail", entry.Detail),
            ("hash", entry.Hash is { } hash ? Convert.ToHexStringLower(hash) : null),
        }.Where(member => member.Value is not null).Select(member => (member.Name, member.Value!));
}

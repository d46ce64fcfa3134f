namespace Authdog.Identity.Audit;

/// <summary>A collector that gets events as OpenTelemetry logs, by OTLP over HTTP in JSON (section <c>Audit:Otlp</c>).</summary>
public sealed class AuditOtlpOptions
{
    private const string Section = AuditOptions.Section + ":Otlp";

    /// <summary>The collector, such as http://127.0.0.1:4318; <c>/v1/logs</c> is added. Absent: off.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Headers that it wants, such as an API key.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    internal IEnumerable<string> Mistakes()
    {
        if (Endpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https")))
        {
            yield return $"AG3509 {Section}:Endpoint is '{endpoint}', which cannot be called. Write it like http://127.0.0.1:4318.";
        }

        foreach (var (name, value) in Headers)
        {
            if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || value.Any(static c => c is < ' ' or > '~'))
            {
                yield return $"AG3510 {Section}:Headers has '{name}', which is no header, or a value that none can have. Use letters, digits and - in the name, and printable ASCII in the value.";
            }
        }
    }
}

using System.Text;
using Authdog.Corpus;

namespace Authdog.Gateway.Tests.Corpus;

/// <summary>Holds what an app received against what was sent and what was judged, byte for byte.</summary>
internal static class SameRequest
{
    // Of one connection each (RFC 9110, section 7.6.1), or set by the gateway for what it judged.
    private static readonly HashSet<string> s_ofTheHop = new(StringComparer.OrdinalIgnoreCase)
        { "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Host", "Content-Length", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "traceparent", "tracestate", "Request-Id", "Correlation-Context", "baggage" };

    /// <summary>The first difference; null when there is none.</summary>
    public static string? Difference(RandomRequest sent, JudgedRequest? judged, string head)
    {
        if (judged is null)
        {
            return "reached the app without a judgement";
        }

        var line = head[..head.IndexOf("\r\n", StringComparison.Ordinal)];
        var first = line.IndexOf(' ', StringComparison.Ordinal);
        var last = line.LastIndexOf(' ');
        var (method, target) = (line[..first], line[(first + 1)..last]);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        var canonical = judged.Canonical;
        return Differs("method sent", sent.Method, method)
            ?? Differs("method judged", canonical.Method, method)
            ?? Differs("method routed", judged.Method, method)
            ?? Differs("target sent", Origin(sent.Target), target)
            ?? Differs("target judged", canonical.Target, target)
            ?? Differs("path judged", canonical.Path, Decode(path))
            ?? Differs("path routed", judged.RoutedPath, Decode(path))
            ?? Differs("query judged", judged.Query, query < 0 ? string.Empty : target[query..])
            ?? Differs("host judged", canonical.Host, (HttpHead.Field(head, "Host") ?? string.Empty).Split(':')[0])
            ?? Differs("host routed", judged.Host, HttpHead.Field(head, "Host") ?? string.Empty)
            ?? (head.Contains(RandomRequest.Claim, StringComparison.OrdinalIgnoreCase) ? "a reserved header came from outside" : null)
            ?? HeaderDifference(judged, head);
    }

    private static string? HeaderDifference(JudgedRequest judged, string head)
    {
        Dictionary<string, string> received = new(StringComparer.OrdinalIgnoreCase);
        foreach (var line in head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = line[..colon];
            if (s_ofTheHop.Contains(name))
            {
                continue;
            }

            if (!received.TryAdd(name, line[(colon + 1)..].Trim(' ')))
            {
                received[name] += "\n" + line[(colon + 1)..].Trim(' ');
            }
        }

        foreach (var (name, value) in judged.Headers)
        {
            if (s_ofTheHop.Contains(name))
            {
                continue;
            }

            if (!received.Remove(name, out var got))
            {
                return $"header {name} judged as '{value}' did not arrive";
            }

            if (got != value && got != Join(name, value).Trim(' '))
            {
                return $"header {name} judged as '{value}' arrived as '{got}'";
            }
        }

        return received.Count == 0 ? null : $"headers nobody judged: {string.Join(", ", received.Keys)}";
    }

    // Several lines of one field may be sent as one (RFC 9110, section 5.3).
    private static string Join(string name, string value) => value.Replace("\n", name.ToUpperInvariant() switch { "COOKIE" => "; ", "USER-AGENT" => " ", _ => ", " }, StringComparison.Ordinal);

    private static string Origin(string target) =>
        target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? target.IndexOfAny(['/', '?'], 7) is var at and >= 0 ? (target[at] == '?' ? "/" : string.Empty) + target[at..] : "/" : target;

    // A decoder of the test's own, so that no mistake of the gateway's is repeated here. An encoded slash is not a slash.
    private static string Decode(string path)
    {
        using var bytes = new MemoryStream();
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && !path.AsSpan(i + 1, 2).Equals("2f", StringComparison.OrdinalIgnoreCase))
            {
                bytes.WriteByte(Convert.ToByte(path.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.WriteByte((byte)path[i]);
            }
        }

        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
    }

    private static string? Differs(string what, string expected, string actual) =>
        string.Equals(expected, actual, StringComparison.Ordinal) ? null : $"{what}: '{expected}', arrived: '{actual}'";
}

using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Edge;

/// <summary>Removes from a request the headers that are not the client's to send, and refuses names that upstreams read differently (B4, B5).</summary>
internal sealed class HeaderHygiene(ReservedHeaders reserved)
{
    // Naming one of these hop-by-hop has no honest use: it hides from the next hop what this one judged.
    private static readonly FrozenSet<string> s_neverHopByHop = new[]
    {
        HeaderNames.Host, HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Cookie, HeaderNames.Authorization,
        HeaderNames.ContentType, HeaderNames.Origin, HeaderNames.Accept, "Sec-Fetch-Mode", "Sec-Fetch-Site",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Ambiguity Clean(IHeaderDictionary headers)
    {
        List<string>? doomed = null;
        foreach (var (name, _) in headers)
        {
            // HTTP/2 pseudo-headers are Kestrel's own entries.
            if (name[0] == ':')
            {
                continue;
            }

            if (reserved.Contains(name))
            {
                (doomed ??= []).Add(name);
            }
            else if (!ReservedHeaders.IsPlain(name))
            {
                return Ambiguity.HeaderName;
            }
        }

        foreach (var name in doomed ?? [])
        {
            headers.Remove(name);
        }

        return RemoveHopByHop(headers);
    }

    // RFC 9110, section 7.6.1: an intermediary removes the fields that Connection names.
    private static Ambiguity RemoveHopByHop(IHeaderDictionary headers)
    {
        var connection = headers.Connection;
        if (connection.Count == 0 || (connection.Count == 1 && IsUsual(connection[0]!)))
        {
            return Ambiguity.None;
        }

        foreach (var option in connection.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (s_neverHopByHop.Contains(option))
            {
                return Ambiguity.ConnectionOption;
            }

            if (!IsUsual(option))
            {
                headers.Remove(option);
            }
        }

        return Ambiguity.None;
    }

    private static bool IsUsual(string option) =>
        option.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
        || option.Equals("close", StringComparison.OrdinalIgnoreCase)
        || option.Equals("upgrade", StringComparison.OrdinalIgnoreCase);
}

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

    // Names with a meaning of their own here or in framing: another spelling of them is never an app's own header.
    private static readonly FrozenSet<string> s_meaningful = s_neverHopByHop.Concat([HeaderNames.Connection, HeaderNames.TE, HeaderNames.Trailer, HeaderNames.Upgrade, HeaderNames.Expect])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_meaningfulFolds = s_meaningful.Select(ReservedHeaders.Fold).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="headers">The request's headers; what is not the client's to send is removed.</param>
    /// <param name="oddNames">Whether a name has other characters than letters, digits and <c>-</c>.</param>
    public Ambiguity Clean(IHeaderDictionary headers, out bool oddNames)
    {
        oddNames = false;
        List<string>? doomed = null;
        foreach (var (name, _) in headers)
        {
            // HTTP/2 pseudo-headers are Kestrel's own entries.
            if (name[0] == ':' || reserved.IsHarmless(name))
            {
                continue;
            }

            if (reserved.Contains(name))
            {
                (doomed ??= []).Add(name);
            }
            else if (!ReservedHeaders.IsPlain(name))
            {
                if (s_meaningfulFolds.Contains(ReservedHeaders.Fold(name)))
                {
                    return Ambiguity.HeaderName;
                }

                oddNames = true;
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

using System.Net;
using Microsoft.Extensions.Primitives;

namespace Authdog.Gateway.Edge;

/// <summary>Who is really calling, told by trusted proxies in <c>X-Forwarded-*</c> or <c>Forwarded</c> (RFC 7239), read from right to left (B4).</summary>
/// <param name="Address">The client; null when the last trusted proxy named none that can be read.</param>
/// <param name="Scheme">What the client used; null when not told.</param>
/// <param name="Host">What the client asked for; null when not told.</param>
internal readonly record struct ForwardedClient(IPAddress? Address, string? Scheme, string? Host)
{
    /// <summary>False when the headers contradict each other or cannot be read: then a client had a hand in them.</summary>
    public static bool TryRead(IPAddress peer, IHeaderDictionary headers, TrustedProxies trusted, out ForwardedClient client)
    {
        var standard = headers["Forwarded"];
        var hasCustom = headers.ContainsKey("X-Forwarded-For") || headers.ContainsKey("X-Forwarded-Proto") || headers.ContainsKey("X-Forwarded-Host");
        client = new ForwardedClient(peer, null, null);
        if (standard.Count == 0)
        {
            return !hasCustom || TryReadCustom(peer, headers, trusted, out client);
        }

        if (!ForwardedElement.TryParse(standard.ToString(), out var elements))
        {
            return false;
        }

        client = ReadStandard(peer, elements, trusted);
        if (client.Scheme is not (null or "http" or "https"))
        {
            return false;
        }

        // A proxy that writes one family passes the other on as the client sent it: both must say the same, to the last field.
        return !hasCustom || (TryReadCustom(peer, headers, trusted, out var custom) && custom == client);
    }

    private static ForwardedClient ReadStandard(IPAddress peer, List<ForwardedElement> elements, TrustedProxies trusted)
    {
        var client = new ForwardedClient(peer, null, null);
        for (var i = elements.Count - 1; i >= 0 && trusted.Contains(client.Address); i--)
        {
            // Each element is of one proxy, so its fields belong together.
            client = new ForwardedClient(ParseAddress(elements[i].For), elements[i].Proto?.ToLowerInvariant(), elements[i].Host);
        }

        return client;
    }

    private static bool TryReadCustom(IPAddress peer, IHeaderDictionary headers, TrustedProxies trusted, out ForwardedClient client)
    {
        IPAddress? address = peer;
        var hops = 0;
        var chain = Entries(headers["X-Forwarded-For"]);
        for (var i = chain.Length - 1; i >= 0 && trusted.Contains(address); i--)
        {
            hops++;
            address = ParseAddress(chain[i]);
        }

        client = default;
        if (!TryAgree(headers["X-Forwarded-Proto"], hops, out var scheme) || !TryAgree(headers["X-Forwarded-Host"], hops, out var host))
        {
            return false;
        }

        scheme = scheme?.ToLowerInvariant();
        client = new ForwardedClient(address, scheme, host);
        return scheme is null or "http" or "https";
    }

    // As many entries from the right as there were trusted hops are the proxies' own at most. Which entry is whose cannot be
    // told, since some append and some overwrite; where they differ, one may be the client's.
    private static bool TryAgree(StringValues values, int hops, out string? agreed)
    {
        agreed = null;
        var entries = Entries(values);
        if (entries.Length == 0)
        {
            return true;
        }

        agreed = entries[^1];
        for (var i = 2; i <= Math.Min(hops, entries.Length); i++)
        {
            if (!entries[^i].Equals(agreed, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Entries(StringValues values) =>
        values.Count == 0 ? [] : values.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // "1" would be 0.0.0.1 to the framework: an IPv4 address has its three dots here, with or without a port.
    private static IPAddress? ParseAddress(string? text)
    {
        if (text is null || (!text.Contains(':', StringComparison.Ordinal) && text.AsSpan().Count('.') != 3))
        {
            return null;
        }

        return IPAddress.TryParse(text, out var address) ? address
            : IPEndPoint.TryParse(text, out var endPoint) ? endPoint.Address
            : null;
    }
}

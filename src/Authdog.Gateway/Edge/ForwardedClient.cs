using System.Net;
using Microsoft.Extensions.Primitives;

namespace Authdog.Gateway.Edge;

/// <summary>Who is really calling, told by <c>X-Forwarded-*</c> of trusted proxies, read from right to left (B4).</summary>
/// <param name="Address">The client; null when the last trusted proxy named none that can be read.</param>
/// <param name="Scheme">What the client used; null when not told.</param>
/// <param name="Host">What the client asked for; null when not told.</param>
internal readonly record struct ForwardedClient(IPAddress? Address, string? Scheme, string? Host)
{
    public static ForwardedClient Read(IPAddress peer, IHeaderDictionary headers, TrustedProxies trusted)
    {
        IPAddress? address = peer;
        var hops = 0;
        var chain = Entries(headers["X-Forwarded-For"]);
        for (var i = chain.Length - 1; i >= 0 && trusted.Contains(address); i--)
        {
            hops++;
            address = ParseAddress(chain[i]);
        }

        hops = Math.Max(hops, 1);
        var scheme = FromRight(headers["X-Forwarded-Proto"], hops);
        return new ForwardedClient(address, scheme is "http" or "https" ? scheme : null, FromRight(headers["X-Forwarded-Host"], hops));
    }

    // Each proxy appends or overwrites: what the outermost trusted one said is as many entries from the right as there were hops.
    private static string? FromRight(StringValues values, int hops)
    {
        var entries = Entries(values);
        return entries.Length == 0 ? null : entries[Math.Max(0, entries.Length - hops)];
    }

    private static string[] Entries(StringValues values) =>
        values.Count == 0 ? [] : values.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // "1" would be 0.0.0.1 to the framework: an IPv4 address has its three dots here, with or without a port.
    private static IPAddress? ParseAddress(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal) && text.AsSpan().Count('.') != 3)
        {
            return null;
        }

        return IPAddress.TryParse(text, out var address) ? address
            : IPEndPoint.TryParse(text, out var endPoint) ? endPoint.Address
            : null;
    }
}

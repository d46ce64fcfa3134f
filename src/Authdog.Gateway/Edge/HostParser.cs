using System.Buffers;
using System.Globalization;

namespace Authdog.Gateway.Edge;

/// <summary>Brings a host to one form (B3): lower-case ASCII, no trailing dot.</summary>
internal static class HostParser
{
    private static readonly IdnMapping s_idn = new();
    private static readonly SearchValues<char> s_normal = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>Splits and normalises a Host value; false when it is none.</summary>
    public static bool TryParse(HostString value, out string host, out int? port)
    {
        host = value.Host;
        port = value.Port;
        if (!value.HasValue || host.Length is 0 or > 255 || port is <= 0 or > 65535)
        {
            return false;
        }

        // "a:" and "a:x" have no port that could be read, but a colon.
        if (port is null && host.Length != value.Value!.Length)
        {
            return false;
        }

        if (IsNormal(host))
        {
            return IsReadable(host);
        }

        if (host[0] == '[')
        {
            if (host.Contains('%', StringComparison.Ordinal) || !System.Net.IPAddress.TryParse(host, out var address))
            {
                return false;
            }

            // One address, one spelling.
            host = $"[{address}]";
            return true;
        }

        try
        {
            host = s_idn.GetAscii(host.EndsWith('.') ? host[..^1] : host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        return IsNormal(host) && IsReadable(host);
    }

    // The framework decodes "xn--" labels each time that it reads the host, and fails on one that stands for no name.
    private static bool IsReadable(string host)
    {
        if (!host.Contains("xn--", StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            _ = s_idn.GetUnicode(host);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsNormal(string host)
    {
        if (host.AsSpan().ContainsAnyExcept(s_normal))
        {
            return false;
        }

        return host[^1] != '.' && host[0] != '.' && !host.Contains("..", StringComparison.Ordinal);
    }
}

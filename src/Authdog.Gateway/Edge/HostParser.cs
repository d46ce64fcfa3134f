using System.Globalization;

namespace Authdog.Gateway.Edge;

/// <summary>Brings a host to one form (B3): lower-case ASCII, no trailing dot.</summary>
internal static class HostParser
{
    private static readonly IdnMapping s_idn = new();

    /// <summary>Splits and normalises a Host value; false when it is none.</summary>
    public static bool TryParse(HostString value, out string host, out int? port)
    {
        host = value.Host;
        port = value.Port;
        if (!value.HasValue || host.Length is 0 or > 255)
        {
            return false;
        }

        if (IsNormal(host))
        {
            return true;
        }

        if (host[0] == '[')
        {
            host = host.ToLowerInvariant();
            return System.Net.IPAddress.TryParse(host, out _);
        }

        try
        {
            host = s_idn.GetAscii(host.EndsWith('.') ? host[..^1] : host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        return IsNormal(host);
    }

    private static bool IsNormal(string host)
    {
        foreach (var c in host)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.' or '_'))
            {
                return false;
            }
        }

        return host[^1] != '.' && host[0] != '.';
    }
}

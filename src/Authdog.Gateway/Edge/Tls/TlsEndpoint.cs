namespace Authdog.Gateway.Edge.Tls;

/// <summary>One HTTPS listener and the hosts that it serves.</summary>
/// <param name="Hosts">By exact name.</param>
/// <param name="Wildcards">By suffix with its dot, the longest first.</param>
/// <param name="Fallback">For all others, and for clients that name no host; null when there is none.</param>
internal sealed record TlsEndpoint(IReadOnlyDictionary<string, TlsHost> Hosts, IReadOnlyList<(string Suffix, TlsHost Host)> Wildcards, TlsHost? Fallback)
{
    /// <summary>The host that serves a name (RFC 6066: without regard to case).</summary>
    public TlsHost? Find(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return Fallback;
        }

        if (Hosts.TryGetValue(name, out var exact))
        {
            return exact;
        }

        foreach (var (suffix, host) in Wildcards)
        {
            // As certificates count it: a star is one label.
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && name.Length > suffix.Length && name.IndexOf('.') == name.Length - suffix.Length)
            {
                return host;
            }
        }

        return Fallback;
    }
}

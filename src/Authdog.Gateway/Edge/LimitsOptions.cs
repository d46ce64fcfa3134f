namespace Authdog.Gateway.Edge;

/// <summary>Section <c>Gateway:Limits</c>: how much one client may ask of the gateway. Bodies of one route are bounded by its own <c>MaxRequestBodySize</c>.</summary>
internal sealed class LimitsOptions
{
    /// <summary>Open connections in all; a further one is closed. 10,000 idle TLS connections take about 500 MB.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Open connections of one client address (IPv6: one /64 network); a further one is closed. An office of 150 people behind one address opens up to 900. Trusted proxies are not counted: they carry everybody.</summary>
    public int MaxConnectionsPerClient { get; set; } = 1_000;

    /// <summary>Concurrent requests on one HTTP/2 or HTTP/3 connection; a further one is refused with REFUSED_STREAM.</summary>
    public int MaxStreamsPerConnection { get; set; } = 100;

    /// <summary>Bytes of the request target; 414 beyond. Browsers and proxies agree on about 8,000.</summary>
    public int MaxTargetBytes { get; set; } = 8 * 1024;

    /// <summary>Header fields of a request; 431 beyond. Browsers send about 20.</summary>
    public int MaxHeaders { get; set; } = 100;

    /// <summary>Bytes of all header fields together; 431 beyond. Kerberos tickets reach 16 KB, cookies take the rest.</summary>
    public int MaxHeaderBytes { get; set; } = 32 * 1024;

    /// <summary>Cookies of a request; 431 beyond. RFC 6265 asks browsers to keep at least 50 for a host.</summary>
    public int MaxCookies { get; set; } = 100;

    /// <summary>Bytes of all cookies together; 431 beyond.</summary>
    public int MaxCookieBytes { get; set; } = 16 * 1024;

    /// <summary>Bytes of a body on its way to an app whose route sets no <c>MaxRequestBodySize</c>; 413 beyond. Bodies are streamed and take no memory here: this bounds what an app has to swallow. -1: no bound.</summary>
    public long MaxBodyBytes { get; set; } = 8L * 1024 * 1024 * 1024;

    /// <summary>How long the header of a request may take from its first byte to its last; 408 beyond.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may stay open without a request. Longer than what load balancers in front keep theirs (60 s usually), so that they never send into a closing one.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>Bytes a second that a body, and the reading of an answer, must average while the other side waits for it; 408 or an aborted connection below. 0: no bound. WebSocket, SSE and gRPC may be silent for as long as they like.</summary>
    public int MinBytesPerSecond { get; set; } = 240;

    /// <summary>How long a transfer may be slower than <see cref="MinBytesPerSecond"/>.</summary>
    public TimeSpan SlowGrace { get; set; } = TimeSpan.FromSeconds(10);

    internal void Check(List<string> errors)
    {
        Between(errors, nameof(MaxConnections), MaxConnections, 1, 1_000_000);
        Between(errors, nameof(MaxConnectionsPerClient), MaxConnectionsPerClient, 1, 1_000_000);
        Between(errors, nameof(MaxStreamsPerConnection), MaxStreamsPerConnection, 1, 10_000);
        Between(errors, nameof(MaxTargetBytes), MaxTargetBytes, 256, 64 * 1024);
        Between(errors, nameof(MaxHeaders), MaxHeaders, 20, 1_000);
        Between(errors, nameof(MaxHeaderBytes), MaxHeaderBytes, 4 * 1024, 256 * 1024);
        Between(errors, nameof(MaxCookies), MaxCookies, 1, 1_000);
        Between(errors, nameof(MaxCookieBytes), MaxCookieBytes, 1024, 256 * 1024);
        Between(errors, nameof(MinBytesPerSecond), MinBytesPerSecond, 0, 1024 * 1024);
        Between(errors, nameof(MaxBodyBytes), MaxBodyBytes, -1, long.MaxValue);
        Between(errors, nameof(HeaderTimeout), HeaderTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(errors, nameof(KeepAliveTimeout), KeepAliveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

        // The server judges the rate once a second.
        Between(errors, nameof(SlowGrace), SlowGrace, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));
        if (MaxCookieBytes > MaxHeaderBytes)
        {
            errors.Add($"AG1042 Gateway:Limits:MaxCookieBytes = {MaxCookieBytes} is more than Gateway:Limits:MaxHeaderBytes = {MaxHeaderBytes}: cookies are a header; raise the second or lower the first.");
        }
    }

    private static void Between<T>(List<string> errors, string key, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            errors.Add(FormattableString.Invariant($"AG1041 Gateway:Limits:{key} = {value} is out of bounds: choose from {least} to {most}, or leave the key out."));
        }
    }
}

using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Authdog.Gateway.Edge.Limits;

/// <summary>Gives the server its bounds. What they refuse never becomes a request: the server answers by itself, without a body.</summary>
internal static class KestrelLimits
{
    // "OPTIONS " and " HTTP/1.1" around the target, with room for long methods of WebDAV.
    private const int RequestLineFrame = 64;

    public static void Apply(KestrelServerLimits limits, LimitsOptions options)
    {
        limits.MaxRequestLineSize = options.MaxTargetBytes + RequestLineFrame;
        limits.MaxRequestHeaderCount = options.MaxHeaders;
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.RequestHeadersTimeout = options.HeaderTimeout;
        limits.KeepAliveTimeout = options.KeepAliveTimeout;
        limits.MinRequestBodyDataRate = Rate(options);
        limits.MinResponseDataRate = Rate(options);
        limits.Http2.MaxStreamsPerConnection = options.MaxStreamsPerConnection;
        limits.Http2.MaxRequestHeaderFieldSize = options.MaxHeaderBytes;
        limits.Http3.MaxRequestHeaderFieldSize = options.MaxHeaderBytes;
    }

    private static MinDataRate? Rate(LimitsOptions options) =>
        options.MinBytesPerSecond == 0 ? null : new MinDataRate(options.MinBytesPerSecond, options.SlowGrace);
}

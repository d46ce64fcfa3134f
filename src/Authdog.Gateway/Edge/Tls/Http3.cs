using System.Net.Quic;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Where HTTP/3 can be had: it needs QUIC, which .NET takes from the library msquic.</summary>
internal static class Http3
{
    public static bool IsSupported { get; } = (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows()) && QuicListener.IsSupported;

    /// <summary>Whether these protocols have HTTP/3 among them.</summary>
    public static bool IsIn(HttpProtocols? protocols) => protocols is { } all && all.HasFlag(HttpProtocols.Http3);

    /// <summary>Whether a listener shall speak HTTP/3, and this machine cannot.</summary>
    public static bool IsMissing(KestrelOptions options) =>
        !IsSupported && (IsIn(options.EndpointDefaults.Protocols) || options.Endpoints.Values.Any(endpoint => IsIn(endpoint.Protocols)));

    /// <summary>The protocols that this machine speaks.</summary>
    public static HttpProtocols Supported(HttpProtocols protocols)
    {
        if (IsSupported || !IsIn(protocols))
        {
            return protocols;
        }

        var rest = protocols & ~HttpProtocols.Http3;
        return rest == HttpProtocols.None ? HttpProtocols.Http1AndHttp2 : rest;
    }
}

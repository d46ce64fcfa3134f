using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Routing;

/// <summary>The headers that each choice stands for.</summary>
internal static class AppSecurityHeaderSets
{
    private static readonly KeyValuePair<string, string>[] s_basic =
    [
        new(HeaderNames.XContentTypeOptions, "nosniff"),
        new(HeaderNames.XFrameOptions, "SAMEORIGIN"),
        new("Referrer-Policy", "strict-origin-when-cross-origin"),
    ];

    private static readonly KeyValuePair<string, string>[] s_strict =
    [
        .. s_basic,
        new(HeaderNames.ContentSecurityPolicy, "frame-ancestors 'self'; object-src 'none'; base-uri 'self'"),
        new("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
    ];

    public static KeyValuePair<string, string>[] Of(AppSecurityHeaders choice) => choice switch
    {
        AppSecurityHeaders.Strict => s_strict,
        AppSecurityHeaders.Basic => s_basic,
        _ => [],
    };
}

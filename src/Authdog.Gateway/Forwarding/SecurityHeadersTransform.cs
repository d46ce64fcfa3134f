using Authdog.Gateway.Routing;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Gives an app's answers the security headers that its route asks for. What the app says itself stands.</summary>
internal sealed class SecurityHeadersTransform(AppSecurityHeaders choice) : ResponseTransform
{
    private static readonly (string Name, string Value)[] s_basic =
    [
        (HeaderNames.XContentTypeOptions, "nosniff"),
        (HeaderNames.XFrameOptions, "SAMEORIGIN"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ];

    private static readonly (string Name, string Value)[] s_strict =
    [
        .. s_basic,
        (HeaderNames.ContentSecurityPolicy, "frame-ancestors 'self'; object-src 'none'; base-uri 'self'"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ];

    private readonly (string Name, string Value)[] _headers = choice == AppSecurityHeaders.Strict ? s_strict : s_basic;

    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        var headers = context.HttpContext.Response.Headers;
        foreach (var (name, value) in _headers)
        {
            headers.TryAdd(name, value);
        }

        return default;
    }
}

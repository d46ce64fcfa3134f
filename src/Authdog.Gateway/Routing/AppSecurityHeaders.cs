namespace Authdog.Gateway.Routing;

/// <summary>Which security headers an app's answers get where the app sets none of that name. Metadata <c>Authdog:SecurityHeaders</c>.</summary>
internal enum AppSecurityHeaders
{
    /// <summary>None; the default.</summary>
    Off = 0,

    /// <summary>What breaks hardly any app: no sniffing, framing by the same site alone, a short referrer.</summary>
    Basic,

    /// <summary>Also a content policy against plug-ins, foreign bases and frames, an opener policy, and no camera, microphone or place.</summary>
    Strict,
}

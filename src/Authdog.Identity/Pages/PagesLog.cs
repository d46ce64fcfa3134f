using System.Net;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Pages;

/// <summary>What the log says of pages.</summary>
internal static partial class PagesLog
{
    [LoggerMessage(3300, LogLevel.Warning, "A page was asked for over plain HTTP by {Address}, and Gateway:PublicUrl is {PublicUrl}: it is refused, and so will be others (this is said once). If that is a proxy of yours which ends TLS, name it in Gateway:TrustedProxies and let it send X-Forwarded-Proto", EventName = "PlainHttp")]
    public static partial void PlainHttp(ILogger logger, string publicUrl, IPAddress? address);
}

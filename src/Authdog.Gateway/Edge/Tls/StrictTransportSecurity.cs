using System.Globalization;
using System.Net;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Adds <c>Strict-Transport-Security</c> (RFC 6797) where the app has not set its own.</summary>
internal sealed class StrictTransportSecurity(TlsOptions options)
{
    private readonly string? _value = options.HstsMaxAge == TimeSpan.Zero
        ? null
        : $"max-age={((long)options.HstsMaxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture)}{(options.HstsIncludeSubDomains ? "; includeSubDomains" : null)}";

    public void Add(HttpResponse response, string host)
    {
        // RFC 6797, 8.1.1: not for addresses; and a developer's localhost has other ports that speak plain HTTP.
        if (_value is not null && host != "localhost" && (char.IsAsciiLetter(host[^1]) || !IPAddress.TryParse(host, out _)) && host[0] != '[')
        {
            response.OnStarting(SetAsync, (response, _value));
        }
    }

    // At the start of the answer: refusals clear what was set before them, and an app's own header is known only then.
    private static Task SetAsync(object state)
    {
        var (response, value) = ((HttpResponse, string))state;
        if (response.Headers.StrictTransportSecurity.Count == 0)
        {
            response.Headers.StrictTransportSecurity = value;
        }

        return Task.CompletedTask;
    }
}

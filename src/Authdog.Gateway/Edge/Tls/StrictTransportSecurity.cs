using System.Globalization;
using System.Net;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Adds <c>Strict-Transport-Security</c> (RFC 6797) where the app has not set its own.</summary>
internal sealed class StrictTransportSecurity
{
    private readonly string? _value;

    // Made once: one for each request would be garbage on the hottest path.
    private readonly Func<object, Task> _set;

    public StrictTransportSecurity(TlsOptions options)
    {
        var seconds = ((long)options.HstsMaxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        _value = options.HstsMaxAge == TimeSpan.Zero ? null : $"max-age={seconds}{(options.HstsIncludeSubDomains ? "; includeSubDomains" : null)}";
        _set = SetAsync;
    }

    public void Add(HttpResponse response, string host)
    {
        // RFC 6797, 8.1.1: not for addresses; and a developer's localhost has other ports that speak plain HTTP.
        if (_value is not null && host != "localhost" && (char.IsAsciiLetter(host[^1]) || !IPAddress.TryParse(host, out _)) && host[0] != '[')
        {
            response.OnStarting(_set, response);
        }
    }

    // At the start of the answer: refusals clear what was set before them, and an app's own header is known only then.
    private Task SetAsync(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (headers.StrictTransportSecurity.Count == 0)
        {
            headers.StrictTransportSecurity = _value;
        }

        return Task.CompletedTask;
    }
}

using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Edge;

/// <summary>Judges where a request begins and ends, and what it asks of the connection (B19). What the server has let pass, but another hop could read differently, ends here.</summary>
internal static class FramingJudge
{
    private const string WebSocket = "websocket";
    private static readonly SearchValues<char> s_method = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

    public static Ambiguity Judge(HttpContext context)
    {
        var request = context.Request;
        var ambiguity = HttpProtocol.IsHttp11(request.Protocol) || HttpProtocol.IsHttp10(request.Protocol)
            ? JudgeBytes(request)
            : JudgeStream(request);
        if (ambiguity != Ambiguity.None)
        {
            return ambiguity;
        }

        return IsMethod(context) ? JudgeExpectation(context) : Ambiguity.Method;
    }

    private static Ambiguity JudgeBytes(HttpRequest request)
    {
        var headers = request.Headers;
        var coding = headers.TransferEncoding;
        if (coding.Count > 0)
        {
            // One coding, one value: "identity, chunked" or "x" before "chunked" is CL.TE or TE.TE to a hop that knows less.
            // Where both lengths came, the server has renamed Content-Length; HTTP/1.0 knows no coding at all.
            if (coding.Count > 1
                || !string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
                || headers.ContainsKey("X-Content-Length")
                || !HttpProtocol.IsHttp11(request.Protocol))
            {
                return Ambiguity.Framing;
            }
        }

        // Upgrades other than to WebSocket are not taken, which a client must expect: some send "h2c" with every first request.
        // WebSocket begins with GET; the proxy would send GET whatever method was judged.
        var upgrade = headers.Upgrade;
        if (upgrade.Count > 0
            && !(upgrade.Count == 1
                && string.Equals(upgrade[0], WebSocket, StringComparison.OrdinalIgnoreCase)
                && request.Method == HttpMethods.Get
                && HttpProtocol.IsHttp11(request.Protocol)))
        {
            headers.Remove(HeaderNames.Upgrade);
        }

        return Ambiguity.None;
    }

    // RFC 9113, sections 8.2.1 and 8.2.2: no field about the connection, no blanks around a value.
    private static Ambiguity JudgeStream(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.TransferEncoding.Count > 0 || headers.Upgrade.Count > 0 || headers.KeepAlive.Count > 0 || headers.Connection.Count > 0 || headers.ContainsKey(HeaderNames.ProxyConnection))
        {
            return Ambiguity.Framing;
        }

        foreach (var (_, values) in headers)
        {
            foreach (var value in values)
            {
                if (value is { Length: > 0 } && (value[0] is ' ' or '\t' || value[^1] is ' ' or '\t'))
                {
                    return Ambiguity.Framing;
                }
            }
        }

        return Ambiguity.None;
    }

    // Methods are case-sensitive, and the proxy would send "get" as GET. TRACE would show the client what the gateway adds.
    private static bool IsMethod(HttpContext context)
    {
        var request = context.Request;
        if (request.Method != HttpMethods.Connect)
        {
            return !request.Method.AsSpan().ContainsAnyExcept(s_method) && request.Method is not ("TRACE" or "TRACK");
        }

        if (context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true } connect)
        {
            return false;
        }

        // RFC 8441: to route, policy and app this is the GET that it is over HTTP/1.1.
        request.Method = HttpMethods.Get;
        return string.Equals(connect.Protocol, WebSocket, StringComparison.OrdinalIgnoreCase);
    }

    private static Ambiguity JudgeExpectation(HttpContext context)
    {
        var expect = context.Request.Headers.Expect;
        if (expect.Count == 0)
        {
            return Ambiguity.None;
        }

        if (expect.Count > 1 || !string.Equals(expect[0], "100-continue", StringComparison.OrdinalIgnoreCase))
        {
            return Ambiguity.Expectation;
        }

        // Without a body, or over HTTP/1.0, nobody waits for it (RFC 9110, section 10.1.1).
        if (HttpProtocol.IsHttp10(context.Request.Protocol) || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            context.Request.Headers.Remove(HeaderNames.Expect);
        }

        return Ambiguity.None;
    }
}

using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Answers;

/// <summary>Tells from a request who waits for the answer: <c>Sec-Fetch-*</c> first, which scripts cannot forge, then <c>Accept</c> and <c>X-Requested-With</c>.</summary>
internal static class Asker
{
    public static AskerKind Of(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentType is { } contentType && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            return AskerKind.Grpc;
        }

        if (context.WebSockets.IsWebSocketRequest || request.Headers.ContainsKey(HeaderNames.Upgrade) || HttpMethods.IsConnect(request.Method))
        {
            return AskerKind.Program;
        }

        var mode = request.Headers["Sec-Fetch-Mode"];
        if (mode.Count > 0)
        {
            return mode.Count == 1 && mode[0] == "navigate" ? AskerKind.Browser : AskerKind.Program;
        }

        var mayNavigate = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsPost(request.Method);
        return mayNavigate && !request.Headers.ContainsKey(HeaderNames.XRequestedWith) && PrefersHtml(request)
            ? AskerKind.Browser
            : AskerKind.Program;
    }

    private static bool PrefersHtml(HttpRequest request)
    {
        double html = 0, json = 0;
        foreach (var range in request.GetTypedHeaders().Accept)
        {
            var quality = range.Quality ?? 1;
            if (range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)
                || range.MediaType.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase))
            {
                html = Math.Max(html, quality);
            }
            else if (range.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            {
                json = Math.Max(json, quality);
            }
        }

        return html > 0 && html >= json;
    }
}

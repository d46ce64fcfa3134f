using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Takes from an app only answers whose meaning is certain (B19). A 101 makes a tunnel through which nothing is judged: only when asked for, and to what was asked for.</summary>
internal sealed class AnswerFramingTransform : ResponseTransform
{
    private const string WebSocket = "websocket";

    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } answer)
        {
            return default;
        }

        // What is thrown here becomes a 502, and the connection to the app ends.
        var connects = context.HttpContext.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        switch ((int)answer.StatusCode)
        {
            case (int)HttpStatusCode.SwitchingProtocols when !IsAsked(context.HttpContext.Request, connects) || !IsWebSocket(answer):
                throw new HttpRequestException("The app switched protocols without having been asked to.");
            case < 200 and not (int)HttpStatusCode.SwitchingProtocols:
                throw new HttpRequestException("The app's status is none.");

            // To the client of an extended CONNECT any success is an open tunnel; a page of an HTTP/1.1 app is none.
            case < 300 when connects && answer.Version.Major < 2 && answer.StatusCode != HttpStatusCode.SwitchingProtocols:
                throw new HttpRequestException("The app answered a WebSocket request with a page.");

            // RFC 9110, section 8.6: 204 has no length; some apps send it.
            case (int)HttpStatusCode.NoContent:
                context.HttpContext.Response.ContentLength = null;
                break;
        }

        return default;
    }

    private static bool IsAsked(HttpRequest request, bool connects) =>
        connects || string.Equals(request.Headers.Upgrade, WebSocket, StringComparison.OrdinalIgnoreCase);

    private static bool IsWebSocket(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues(HeaderNames.Upgrade, out var protocols)
        && protocols.Count == 1
        && string.Equals(protocols.ToString(), WebSocket, StringComparison.OrdinalIgnoreCase);
}

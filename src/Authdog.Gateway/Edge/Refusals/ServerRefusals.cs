using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Authdog.Gateway.Answers;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Authdog.Gateway.Edge.Refusals;

/// <summary>What the server refuses before there is a request (malformed, too large, too slow) is answered with a reason and an id that the log has too, like every refusal of the gateway.</summary>
/// <remarks>The server says so to its diagnostic source and then writes a status without a body; this source is the server's alone, so that nothing else pays for it.</remarks>
internal sealed class ServerRefusals(DiagnosticListener listener, PageLanguage language, EdgeMetrics metrics, ILogger<ServerRefusals> logger) : DiagnosticSource
{
    private const string Refused = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public override bool IsEnabled(string name) => name == Refused || listener.IsEnabled(name);

    [UnconditionalSuppressMessage("Trimming", "IL2046", Justification = "The gateway is not trimmed.")]
    public override void Write(string name, object? value)
    {
        if (name == Refused && value is IFeatureCollection features)
        {
            Note(features);
        }

        if (listener.IsEnabled(name))
        {
            listener.Write(name, value);
        }
    }

    private void Note(IFeatureCollection features)
    {
        if (features.Get<IBadRequestExceptionFeature>()?.Error is not BadHttpRequestException refusal || features.Get<IHttpResponseFeature>() is not { HasStarted: false })
        {
            return;
        }

        var answer = RefusalAnswers.Of(refusal.StatusCode, AnswerId.New());
        var client = features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;
        if (features.Get<IHttp2StreamIdFeature>() is null && features.Get<RefusalPipe>() is { } pipe)
        {
            // Said once it is written: to a client that has gone nobody says anything.
            var context = new DefaultHttpContext(features);
            var page = Asker.Of(context) == AskerKind.Browser ? language.Choose(context) : null;
            var isHead = HttpMethods.IsHead(context.Request.Method);
            pipe.Refuse(head =>
            {
                var whole = RefusalAnswers.Complete(head, answer, page, isHead);
                if (!whole.Equals(head))
                {
                    Tell(refusal, answer, client);
                }

                return whole;
            });
        }
        else
        {
            Tell(refusal, answer, client);
        }
    }

    private void Tell(BadHttpRequestException refusal, Answer answer, System.Net.IPAddress? client)
    {
        metrics.Refused(answer.Code);
        logger.RefusedByServer(answer.Status, refusal.Message, client, answer.Id);
    }
}

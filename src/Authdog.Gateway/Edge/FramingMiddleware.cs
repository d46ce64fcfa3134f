using Authdog.Gateway.Answers;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Edge;

/// <summary>Refuses a request whose bounds or method could be read in two ways, before anything else is read from it (B19).</summary>
internal sealed class FramingMiddleware(RequestDelegate next, ILogger<FramingMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var ambiguity = FramingJudge.Judge(context);
        return ambiguity == Ambiguity.None ? next(context) : RefuseAsync(context, ambiguity);
    }

    private async Task RefuseAsync(HttpContext context, Ambiguity ambiguity)
    {
        var id = Refusal.Note(context, ambiguity, logger);
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            // What follows on this connection may be another request or the rest of this one.
            context.Response.OnStarting(static state =>
            {
                ((HttpResponse)state).Headers[HeaderNames.Connection] = "close";
                return Task.CompletedTask;
            }, context.Response);
        }

        var status = ambiguity == Ambiguity.Expectation ? StatusCodes.Status417ExpectationFailed : StatusCodes.Status400BadRequest;
        await AnswerWriter.WriteAsync(context, new Answer(status, AmbiguityTexts.Code(ambiguity), "Ambiguous request", AmbiguityTexts.Detail(ambiguity), id) { IsAmbiguous = true });
    }
}

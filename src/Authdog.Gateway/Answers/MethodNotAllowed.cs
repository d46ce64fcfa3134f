using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Answers;

/// <summary>Something is at the address, but not for the request's method (RFC 9110, section 15.5.6).</summary>
internal static class MethodNotAllowed
{
    public static Task AnswerAsync(HttpContext context, IEnumerable<string> allowed)
    {
        context.Response.OnStarting(static state =>
        {
            var (response, methods) = ((HttpResponse, string))state;
            response.Headers[HeaderNames.Allow] = methods;
            return Task.CompletedTask;
        }, (context.Response, string.Join(", ", allowed)));
        return AnswerWriter.WriteAsync(context, new Answer(405, "method-not-allowed", "Method not allowed", "This address does not take the request's method.", AnswerId.New()));
    }
}

namespace Authdog.Gateway.Answers;

/// <summary>The end of the pipeline: no endpoint took the request.</summary>
internal static class NotFound
{
    public static Task AnswerAsync(HttpContext context) =>
        AnswerWriter.WriteAsync(context, new Answer(404, "not-found", "Not found", "There is nothing at this address.", AnswerId.New()));
}

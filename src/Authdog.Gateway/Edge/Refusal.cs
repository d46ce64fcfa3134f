using Authdog.Gateway.Answers;

namespace Authdog.Gateway.Edge;

/// <summary>Answers an ambiguous request: 400 with the reason, and an id that the log has too.</summary>
internal static class Refusal
{
    public static Task WriteAsync(HttpContext context, Ambiguity ambiguity, ILogger logger)
    {
        var id = Note(context, ambiguity, logger);
        return AnswerWriter.WriteAsync(
            context,
            new Answer(400, AmbiguityTexts.Code(ambiguity), "Ambiguous request", AmbiguityTexts.Detail(ambiguity), id) { IsAmbiguous = true });
    }

    /// <summary>Logs and counts a refusal; returns the id for its answer.</summary>
    public static string Note(HttpContext context, Ambiguity ambiguity, ILogger logger)
    {
        var id = AnswerId.New();
        logger.AmbiguousRequest(ambiguity, context.Connection.RemoteIpAddress, id);
        context.RequestServices.GetRequiredService<EdgeMetrics>().Refused(AmbiguityTexts.Code(ambiguity));
        return id;
    }
}

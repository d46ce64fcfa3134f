namespace Authdog.Gateway.Edge;

internal static partial class EdgeLog
{
    [LoggerMessage(1000, LogLevel.Information, "Ambiguous request refused: {Ambiguity}, from {ClientAddress}, answer {AnswerId}", EventName = "AmbiguousRequest")]
    public static partial void AmbiguousRequest(this ILogger logger, Ambiguity ambiguity, System.Net.IPAddress? clientAddress, string answerId);
}

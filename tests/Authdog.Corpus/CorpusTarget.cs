using System.Text.Json.Serialization;

namespace Authdog.Corpus;

/// <summary>One line of <c>tests/corpus/targets.jsonl</c>.</summary>
/// <param name="Id">Rule and number.</param>
/// <param name="Target">Request target; each character is one byte. <c>{host}</c> stands for the proxy's host and port.</param>
/// <param name="Expect">What this gateway does with it.</param>
public sealed record CorpusTarget(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("target")] string Target,
    [property: JsonPropertyName("expect")] string Expect)
{
    /// <summary>Answered with 4xx or not at all, and never forwarded.</summary>
    public const string Refused = "refused";

    /// <summary>Never reaches what some app would take for the protected area; otherwise anything.</summary>
    public const string Guarded = "guarded";

    /// <summary>Legitimate: forwarded byte for byte.</summary>
    public const string AsIs = "as-is";
}

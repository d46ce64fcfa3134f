using System.Text.Json.Serialization;

namespace Authdog.Corpus;

/// <summary>One line of <c>tests/corpus/headers.jsonl</c>: header lines that are sent with a request for a public path.</summary>
/// <param name="Id">Rule and number.</param>
/// <param name="Lines">Header lines; each character is one byte. <c>{host}</c> stands for the proxy's host and port.</param>
/// <param name="Expect"><c>stripped</c>, <c>refused</c> or <c>kept</c>.</param>
public sealed record CorpusHeaders(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("lines")] IReadOnlyList<string> Lines,
    [property: JsonPropertyName("expect")] string Expect)
{
    /// <summary>Forwarded without these headers, or refused; no app believes what they say.</summary>
    public const string Stripped = "stripped";

    /// <summary>Answered with 4xx or not at all, and never forwarded.</summary>
    public const string Refused = "refused";

    /// <summary>Legitimate: forwarded byte for byte.</summary>
    public const string Kept = "kept";
}

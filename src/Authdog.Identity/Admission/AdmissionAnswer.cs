using System.Text.Json.Serialization;

namespace Authdog.Identity.Admission;

/// <summary>What a program is told of its place.</summary>
/// <param name="Admitted">Whether it may go in.</param>
/// <param name="Position">How many are before it, itself among them.</param>
/// <param name="EstimatedSeconds">How long that will take.</param>
/// <param name="Ticket">Its ticket, for the parameter <c>ticket</c> of <c>/.authdog/wait</c>.</param>
internal sealed record AdmissionAnswer(
    [property: JsonPropertyName("admitted")] bool Admitted,
    [property: JsonPropertyName("position")] long Position,
    [property: JsonPropertyName("estimated_seconds")] int EstimatedSeconds,
    [property: JsonPropertyName("ticket"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ticket);

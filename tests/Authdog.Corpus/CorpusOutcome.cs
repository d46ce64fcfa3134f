namespace Authdog.Corpus;

/// <summary>What became of one entry.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Sent">What was sent.</param>
/// <param name="Expect">What this gateway does with it.</param>
/// <param name="Status">Status of the answer; <c>none</c> when there was none.</param>
/// <param name="Came">Whether the app received it.</param>
/// <param name="IsHarmed">Whether the app would have served the protected area, or believed a claim.</param>
/// <param name="IsMet">Whether it was treated as expected.</param>
public sealed record CorpusOutcome(string Id, string Sent, string Expect, string Status, bool Came, bool IsHarmed, bool IsMet);

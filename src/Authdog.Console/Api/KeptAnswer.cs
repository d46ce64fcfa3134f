namespace Authdog.Console.Api;

/// <summary>What was asked under an idempotency key, and what was answered.</summary>
/// <param name="Fingerprint">Hash of the request.</param>
internal sealed record KeptAnswer(string Fingerprint)
{
    /// <summary>The answer; null while the request is under way.</summary>
    public ApiAnswer? Answer { get; init; }
}

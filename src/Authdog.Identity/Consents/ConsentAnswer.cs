namespace Authdog.Identity.Consents;

/// <summary>What somebody has answered, to which words, when, how and from where.</summary>
/// <param name="Document">The document's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="TextHash">Hash of the words (<see cref="Wording.Hash"/>).</param>
/// <param name="Language">Language of the words.</param>
/// <param name="Given">Yes or no.</param>
/// <param name="At">When.</param>
/// <param name="How">Where it was asked: <c>sign-up</c>, <c>sign-in</c> or <c>account</c>.</param>
/// <param name="Browser">Browser and system, as people call them.</param>
/// <param name="Address">Client address.</param>
public sealed record ConsentAnswer(string Document, string Version, string TextHash, string Language, bool Given, DateTimeOffset At, string How, string? Browser, string? Address);

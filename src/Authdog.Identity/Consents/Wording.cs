using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Consents;

/// <summary>The very words that are agreed to: one version of a document in one language.</summary>
/// <param name="Document">The document's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Required">Whether nobody signs up or in without it.</param>
/// <param name="Language">The language.</param>
/// <param name="Label">The sentence beside the box.</param>
/// <param name="Text">The whole text; null when the sentence is all there is.</param>
public sealed record Wording(string Document, string Version, bool Required, string Language, string Label, string? Text)
{
    /// <summary>SHA-256 of sentence and text, lower-case hexadecimal.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Label}\n{Text}")));

    /// <summary>Name of the box in a form.</summary>
    public string Field => "consent-" + Document;
}
